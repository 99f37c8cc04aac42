using System.Globalization;
using System.Net;
using System.Text;
using BgpSharp.Cli;

namespace BgpSharp.Tests.Samples;

/// <summary>What a peer puts into a shutdown communication, on the terminal of whoever announces to it, listens to it or watches it.</summary>
public sealed class PeerTextTests : IAsyncDisposable
{
    private const string Hostile = "rack 7\u202e\u001b[2J\r\n\u2028all is well";
    private const string Shown = "rack 7\\u{202E}\\u{1B}[2J\\u{D}\\u{A}\\u{2028}all is well";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lines _output = new(), _errors = new();

    [Fact]
    public async Task Announce_prints_it_escaped()
    {
        await using var router = await RouterAsync();
        var command = Run($"announce 203.0.113.10/32 --peer {router.ListenEndPoints[0]} --local-as 65000 --peer-as 65001 --router-id 198.51.100.11");
        await _output.UntilAsync("127.0.0.1 established: ");

        await router.StopAsync(new BgpStopOptions { Message = Hostile }, CancellationToken.None);

        await _output.UntilAsync($"127.0.0.1 down: notification received: Cease, Administrative Shutdown (6/2): \"{Shown}\"\n");
        await EndAsync(command);
    }

    [Theory]
    [InlineData("", Shown)]
    [InlineData("--json", """rack 7\\u{202E}\\u{1B}[2J\\u{D}\\u{A}\\u{2028}all is well""")]
    public async Task Listen_prints_it_escaped(string more, string shown)
    {
        var command = Run($"listen 127.0.0.1:0 --local-as 65001 --peer-as 65000 --router-id 198.51.100.9 {more}");
        var port = int.Parse((await _errors.UntilAsync("listening on 127.0.0.1:")).Split(':')[^1], CultureInfo.InvariantCulture);
        await using var router = new BgpSpeaker(new BgpSpeakerOptions { LocalAsn = 65000, RouterId = BgpIdentifier.Parse("198.51.100.11") });
        var peer = router.AddPeer(new BgpPeerOptions { Address = IPAddress.Loopback, Port = port, RemoteAsn = 65001 });
        await router.StartAsync(TestContext.Current.CancellationToken);
        await peer.WaitForEstablishedAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);

        await router.StopAsync(new BgpStopOptions { Message = Hostile }, CancellationToken.None);

        await _output.UntilAsync(shown);
        await EndAsync(command);
    }

    [Fact]
    public async Task Top_prints_it_escaped()
    {
        await using var router = await RouterAsync();
        var command = Run($"top --peer {router.ListenEndPoints[0]},65001 --local-as 65000 --router-id 198.51.100.11");
        await _output.UntilAsync(" Established up ");

        await router.Peers.Single().ResetAsync(Hostile, CancellationToken.None);

        await _output.UntilAsync($"last down: notification received: Cease, Administrative Reset (6/4): \"{Shown}\"\n");
        await EndAsync(command);
    }

    public async ValueTask DisposeAsync()
    {
        await _output.DisposeAsync();
        await _errors.DisposeAsync();
        _stop.Dispose();
    }

    private static async Task<BgpSpeaker> RouterAsync()
    {
        var router = new BgpSpeaker(new BgpSpeakerOptions
        {
            LocalAsn = 65001,
            RouterId = BgpIdentifier.Parse("198.51.100.9"),
            ListenEndPoints = [new IPEndPoint(IPAddress.Loopback, 0)],
            AcceptPeer = from => new BgpPeerOptions { Address = from.Address, RemoteAsn = 65000, ConnectMode = BgpConnectMode.Passive },
        });
        await router.StartAsync(TestContext.Current.CancellationToken);
        return router;
    }

    private Task<int> Run(string arguments) =>
        CommandLine.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), _output, _errors, abandoned: _stop.Token);

    private async Task EndAsync(Task<int> command)
    {
        await _stop.CancelAsync();
        (await command.WaitAsync(Patience)).Should().Be(0);
        _output.ToString().Where(c => char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator)
            .Should().OnlyContain(c => c == '\n', "a terminal acts on nothing that a peer chose");
    }

    /// <summary>Text that is read while it is written.</summary>
    private sealed class Lines : TextWriter
    {
        private readonly StringBuilder _text = new();

        public override Encoding Encoding => Encoding.UTF8;

        public override string NewLine => "\n";

        public override void Write(char value)
        {
            lock (_text)
            {
                _text.Append(value);
            }
        }

        public override string ToString()
        {
            lock (_text)
            {
                return _text.ToString();
            }
        }

        /// <returns>The first whole line with the text in it.</returns>
        public async Task<string> UntilAsync(string text)
        {
            using var limit = new CancellationTokenSource(Patience);
            while (true)
            {
                var now = ToString();
                if (now.IndexOf(text, StringComparison.Ordinal) is var at and >= 0 && now.IndexOf('\n', at) is var end and >= 0)
                {
                    return now[(now.LastIndexOf('\n', at) + 1)..end];
                }

                if (limit.IsCancellationRequested)
                {
                    throw new TimeoutException($"'{text}' was not printed within {Patience.TotalSeconds} s:\n{now}");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(20));
            }
        }
    }
}
