namespace BgpSharp.Tests;

/// <summary>Tests that measure the memory of the whole process: nothing else may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class ProcessMemory
{
    public const string Name = "process memory";
}
