using BgpSharp.Interop.Packages;

// Labs run several daemons each; two at a time is what a small build machine has cores for.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
[assembly: AssemblyFixture(typeof(PackedPackages))]
