namespace BgpSharp.Interop.Matrix;

/// <summary>The rows of the matrix, for one router each class; they are the <see cref="MatrixRows"/>.</summary>
public abstract partial class MatrixTests(MatrixLab lab)
{
    private const string Yes = "yes";

    [Fact]
    public Task Version() => CellAsync(MatrixRows.Version, () => lab.Router.VersionAsync());

    [Fact]
    public Task Active() => CellAsync(MatrixRows.Active, async () =>
    {
        await using var us = await MatrixSpeaker.EstablishAsync(lab, PeerKind.Plain);
        us.Peer.Session!.RemoteEndPoint.Port.Should().Be(179, "we dialled");
        await us.AnnounceAsync(lab.NextPrefix());
        return Yes;
    });

    [Fact]
    public Task Passive() => CellAsync(MatrixRows.Passive, async () =>
    {
        await using var us = await MatrixSpeaker.EstablishAsync(
            lab, PeerKind.Dialling, new SpeakerSettings { Mode = BgpConnectMode.Passive, Listens = true });
        us.Peer.Session!.LocalEndPoint.Port.Should().Be(179, "the router dialled");
        await us.AnnounceAsync(lab.NextPrefix());
        return Yes;
    });

    [Fact]
    public Task Both() => CellAsync(MatrixRows.Both, async () =>
    {
        await using var us = await MatrixSpeaker.EstablishAsync(
            lab, PeerKind.Dialling, new SpeakerSettings { Mode = BgpConnectMode.Both, Listens = true });
        await us.AnnounceAsync(lab.NextPrefix());
        us.Peer.GetStatistics().SessionsEstablished.Should().Be(1, "a collision never costs an established session");
        return Yes;
    });

    [Fact]
    public Task Internal() => CellAsync(MatrixRows.Internal, async () =>
    {
        await using var us = await MatrixSpeaker.EstablishAsync(lab, PeerKind.Internal);
        us.Peer.Session!.IsInternal.Should().BeTrue();
        var path = await us.AnnounceAsync(lab.NextPrefix());
        return path.Length == 0 ? "empty" : path;
    });

    [Fact]
    public Task FourOctet() => CellAsync(MatrixRows.FourOctet, async () =>
    {
        await using var us = await MatrixSpeaker.EstablishAsync(lab, PeerKind.FourOctet);
        us.Peer.Session!.FourOctetAsn.Should().BeTrue();
        return await us.AnnounceAsync(lab.NextPrefix());
    });

    [Fact]
    public Task AsTrans() => CellAsync(MatrixRows.AsTrans, async () =>
    {
        await using var us = await MatrixSpeaker.EstablishAsync(lab, PeerKind.TwoOctet);
        us.Peer.Session!.FourOctetAsn.Should().BeFalse("the router does not offer it");
        us.Transport.Sent.Messages[0][20..22].Should().Equal([23456 >> 8, 23456 & 255], "our OPEN has AS_TRANS in the field of two octets");
        return await us.AnnounceAsync(lab.NextPrefix());
    });

    /// <summary>Measures a cell, or sees the router's own word that it has no such thing.</summary>
    private async Task CellAsync(string row, Func<Task<string>> measure)
    {
        await lab.ReadyAsync();
        var cell = new InteropCell(row, lab.Router.Name);
        if (!lab.Router.Lacks.TryGetValue(row, out var lack))
        {
            InteropFile.Measured(cell, await measure());
            return;
        }
        Words(await lack.ReadAsync(lab)).Should().Contain(Words(lack.Quote), $"{lack.Source} says so");
        InteropFile.Measured(cell, "lacks it", $"{lack}");
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
