namespace BgpSharp.Fuzz;

/// <summary>The codec broke a promise on some input; the fuzzer keeps the input as a crash.</summary>
public sealed class BrokenPromiseException(string promise) : Exception(promise);
