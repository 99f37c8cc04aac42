using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using BgpSharp.Tests.Session;
using BgpSharp.Transport;
using Microsoft.Extensions.Logging;

namespace BgpSharp.Tests.Transport;

/// <summary>A password is in nothing that is said, by a session that works and by one that does not.</summary>
public sealed class SecrecyTests : IDisposable
{
    private const string Secret = "hunter2-hush";
    private const string Variable = "SECRECY_TESTS_PASSWORD";
    private static readonly IPAddress Left = IPAddress.Parse("127.0.0.41");
    private static readonly IPAddress Right = IPAddress.Parse("127.0.0.42");

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"bgpsharp-{Guid.NewGuid():N}.key");

    [Theory]
    [InlineData("text")]
    [InlineData("file")]
    [InlineData("variable")]
    [InlineData("callback")]
    public async Task A_password_appears_nowhere(string origin)
    {
        SkipUnlessMd5();
        var said = new Everything();
        using var meters = new TestMeterFactory();
        using var metrics = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Scope == meters)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        metrics.SetMeasurementEventCallback<long>((instrument, _, tags, _) => said.Add($"{instrument.Name} {string.Join(' ', tags.ToArray())}"));
        metrics.Start();
        await using var listening = Speaker(65001, said, meters, listen: true);
        var accepting = listening.AddPeer(Options(65000, Left, 179, Make(origin)));
        await listening.StartAsync();
        await using var dialling = Speaker(65000, said, meters);
        var peer = dialling.AddPeer(Options(65001, Right, listening.ListenEndPoints[0].Port, Make(origin)));
        await dialling.StartAsync();
        await SpeakerFixture.WithinPatience(token => peer.WaitForEstablishedAsync(token));
        Describe(said, peer, accepting);

        // The kernel takes no key as long as this one: a session is reset, dials fail, the listener accepts nothing.
        await peer.UpdateAsync(Options(65001, Right, peer.Options.Port, TooLong()));
        await accepting.UpdateAsync(Options(65000, Left, 179, TooLong()));
        var failed = await SpeakerFixture.WaitForAsync(peer, status => status.LastDown?.Kind == BgpDownKind.ConnectFailed);
        failed.LastDown!.Exception.Should().NotBeNull();
        Describe(said, peer, accepting);
        metrics.RecordObservableInstruments();
        var wait = () => peer.WaitForEstablishedAsync(new CancellationToken(canceled: true));
        said.Add((await wait.Should().ThrowAsync<OperationCanceledException>()).Which.ToString());
        await dialling.StopAsync();
        await listening.StopAsync();

        said.Texts.Should().Contain(text => text.Contains("established", StringComparison.Ordinal), "the session was up");
        said.Texts.Should().Contain(text => text.Contains("has 84", StringComparison.Ordinal), "what is wrong with the other password was said");
        said.Texts.Should().Contain(text => text.StartsWith("bgp.session.transitions", StringComparison.Ordinal));
        said.Texts.Should().NotContain(text => text.Contains(Secret, StringComparison.OrdinalIgnoreCase));
        string.Concat(said.Texts).Should().NotContain(Convert.ToBase64String("hunter2-hush"u8)).And.NotContain(Convert.ToHexString("hunter2-hush"u8));
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_refused_without_being_shown()
    {
        await using var fixture = SpeakerFixture.Create();

        var add = () => fixture.Speaker.AddPeer(Options(65001, Right, 179, BgpSecret.FromString(string.Concat(Enumerable.Repeat(Secret, 7)))));

        add.Should().Throw<ArgumentException>().WithMessage("Password has 84 octets; allowed: 1 to 80.*").Which.ToString().Should().NotContain(Secret);
    }

    [Fact]
    public async Task A_variable_that_is_not_set_is_a_failed_attempt_that_names_it()
    {
        SkipUnlessMd5();
        var said = new Everything();
        await using var speaker = Speaker(65000, said, null);
        var peer = speaker.AddPeer(Options(65001, Right, 179, BgpSecret.FromEnvironmentVariable("SECRECY_TESTS_NOT_SET")));

        await speaker.StartAsync();

        var status = await SpeakerFixture.WaitForAsync(peer, status => status.LastDown is not null);
        status.LastDown!.ToString().Should().Contain("The environment variable SECRECY_TESTS_NOT_SET is not set.");
    }

    public void Dispose()
    {
        File.Delete(_file);
        Environment.SetEnvironmentVariable(Variable, null);
    }

    private static BgpSecret TooLong() => BgpSecret.FromCallback(() => string.Concat(Enumerable.Repeat(Secret, 7)));

    private BgpSecret Make(string origin)
    {
        File.WriteAllText(_file, Secret + "\n");
        Environment.SetEnvironmentVariable(Variable, Secret);
        return origin switch
        {
            "text" => BgpSecret.FromString(Secret),
            "file" => BgpSecret.FromFile(_file),
            "variable" => BgpSecret.FromEnvironmentVariable(Variable),
            _ => BgpSecret.FromCallback(() => Secret),
        };
    }

    /// <summary>All that an application may print of a peer.</summary>
    private static void Describe(Everything said, params BgpPeer[] peers)
    {
        foreach (var peer in peers)
        {
            said.Add($"{peer} {peer.Options} {peer.Options.Password} {peer.Status} {peer.Session} {peer.GetStatistics()}");
            said.Add($"{peer.Status.LastDown} {peer.Status.LastDown?.Exception} {peer.Status.LastDown?.Notification}");
            said.Add(JsonSerializer.Serialize(peer.Options.Password));
        }
    }

    private static BgpSpeaker Speaker(uint asn, Everything said, IMeterFactory? meters, bool listen = false) => new(new BgpSpeakerOptions
    {
        LocalAsn = asn,
        RouterId = BgpIdentifier.Parse($"{(listen ? Right : Left)}"),
        ListenEndPoints = listen ? [new IPEndPoint(Right, 0)] : [],
        LoggerFactory = said,
        MeterFactory = meters,
    });

    private static BgpPeerOptions Options(uint asn, IPAddress remote, int port, BgpSecret password) => new()
    {
        Address = remote,
        Port = port,
        LocalAddress = remote.Equals(Right) ? Left : null,
        RemoteAsn = asn,
        ConnectMode = remote.Equals(Right) ? BgpConnectMode.Active : BgpConnectMode.Passive,
        Password = password,
    };

    private static void SkipUnlessMd5()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            TcpMd5.Set(socket, Right, BgpSecret.FromString("a key"));
        }
        catch (Exception exception) when (exception is SocketException or PlatformNotSupportedException)
        {
            Assert.Skip($"this kernel has no TCP-MD5: {exception.Message}");
        }
    }

    /// <summary>Keeps what is logged at any level, with its values and exceptions.</summary>
    private sealed class Everything : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Texts { get; } = [];

        public void Add(string text) => Texts.Enqueue(text);

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Add($"{state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Add($"{formatter(state, exception)} {exception} {(state is IEnumerable<KeyValuePair<string, object?>> values ? string.Join(' ', values) : "")}");

        public void Dispose()
        {
        }
    }
}
