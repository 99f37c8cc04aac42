using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BgpSharp.Interop.Harness;

/// <summary>A listener inside a namespace that tells every client its name and closes.</summary>
internal sealed class TcpResponder : IDisposable
{
    private readonly Socket _listener;
    private readonly byte[] _name;
    private readonly CancellationTokenSource _stop = new();

    private TcpResponder(Socket listener, string name)
    {
        _listener = listener;
        _name = Encoding.ASCII.GetBytes(name + "\n");
        Completion = AcceptAsync();
    }

    /// <summary>Ends with <see cref="Dispose"/>, or with the error that stopped the listener.</summary>
    public Task Completion { get; }

    /// <summary>Listens; the address may come onto the host later.</summary>
    public static TcpResponder Start(string ns, IPEndPoint endPoint, string name) => new(NetNs.Listen(ns, endPoint), name);

    public void Dispose()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptAsync(_stop.Token);
                await client.SendAsync(_name, _stop.Token);
                client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
