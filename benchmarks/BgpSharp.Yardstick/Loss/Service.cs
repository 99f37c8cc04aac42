using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace BgpSharp.Yardstick.Loss;

/// <summary>
/// In the place of an apiserver on one port: whoever begins with a TLS handshake is a health check and is answered 200, request
/// by request; everybody else gets back the octet that he sends. So the one's end or hang is the other's.
/// </summary>
internal static class Service
{
    private const byte TlsHandshake = 22;

    private static readonly byte[] Answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray();

    public static async Task<int> RunAsync(int port)
    {
        using var certificate = MakeCertificate();
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Any, port));
        listener.Listen(512);
        Console.WriteLine($"listening on {listener.LocalEndPoint}");
        while (true)
        {
            _ = ServeAsync(await listener.AcceptAsync(), certificate);
        }
    }

    private static async Task ServeAsync(Socket socket, X509Certificate2 certificate)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            socket.NoDelay = true;
            var first = new byte[1];
            if (await socket.ReceiveAsync(first, SocketFlags.Peek) == 0)
            {
                return;
            }

            if (first[0] == TlsHandshake)
            {
                await AnswerAsync(stream, certificate);
            }
            else
            {
                await stream.ReadExactlyAsync(first);
                await stream.WriteAsync(first);
                await stream.ReadAtLeastAsync(first, 1, throwOnEndOfStream: false);
            }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // The client went away.
        }
    }

    private static async Task AnswerAsync(Stream stream, X509Certificate2 certificate)
    {
        await using var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(certificate);
        var buffer = new byte[4096];
        var filled = 0;
        while (await secure.ReadAsync(buffer.AsMemory(filled)) is var read and > 0)
        {
            filled += read;
            if (buffer.AsSpan(0, filled).EndsWith("\r\n\r\n"u8))
            {
                await secure.WriteAsync(Answer);
                filled = 0;
            }
        }
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("kubernetes");
        var request = new CertificateRequest("CN=kubernetes", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
