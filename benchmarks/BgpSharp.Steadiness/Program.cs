namespace BgpSharp.Steadiness;

/// <summary>
/// BFD in a process whose garbage collector stands in its way: <c>host MILLISECONDS ARGUMENT..</c> is bgpsharp-vip with a full
/// collection that often, <c>session ADDRESS INTERVAL HEAP background|blocking</c> a BFD session beside a heap of that many MiB.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["host", var period, .. var rest]:
                Collector.Start(TimeSpan.FromMilliseconds(int.Parse(period)), blocking: true);
                return await VipAdvertiser.Program.Main(rest);
            case ["session", var address, var interval, var heap, "background" or "blocking"]:
                await LonelySession.RunAsync(address, TimeSpan.FromMilliseconds(int.Parse(interval)), int.Parse(heap), blocking: arguments[^1] == "blocking");
                return 0;
            default:
                await Console.Error.WriteLineAsync("usage: host MILLISECONDS ARGUMENT.. | session ADDRESS INTERVAL HEAP background|blocking");
                return 2;
        }
    }
}
