using BgpSharp.Fuzz;
using SharpFuzz;

switch (args)
{
    case []:
        // Under AFL++: it sends inputs, the instrumented assemblies send coverage back.
        Fuzzer.OutOfProcess.Run(stream =>
        {
            using var input = new MemoryStream();
            stream.CopyTo(input);
            FuzzTargets.Run(input.ToArray());
        });
        return 0;

    case ["replay", .. var files] when files.Length > 0:
        foreach (var file in files)
        {
            Console.WriteLine(file);
            FuzzTargets.Run(File.ReadAllBytes(file));
        }

        return 0;

    default:
        Console.Error.WriteLine("usage: (under afl-fuzz) | replay FILE...");
        return 2;
}
