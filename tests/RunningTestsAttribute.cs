using System.Reflection;
using BgpSharp.TestRun;
using Xunit.v3;

[assembly: RunningTests]

namespace BgpSharp.TestRun;

/// <summary>
/// Writes which test begins and which ends into the file that BGP_TESTS_LOG names, for whoever has to end a run that
/// hangs: the runner itself speaks of a test only when it is over.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class RunningTestsAttribute : BeforeAfterTestAttribute
{
    private static readonly StreamWriter? Log = Environment.GetEnvironmentVariable("BGP_TESTS_LOG") is { Length: > 0 } path
        ? new StreamWriter(path, append: true) { AutoFlush = true }
        : null;

    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => Write("begin", test);

    public override void After(MethodInfo methodUnderTest, IXunitTest test) => Write("end", test);

    private static void Write(string what, IXunitTest test)
    {
        if (Log is not null)
        {
            lock (Log)
            {
                Log.WriteLine($"{DateTime.UtcNow:HH:mm:ss} {what} {test.TestDisplayName.ReplaceLineEndings(" ")}");
            }
        }
    }
}
