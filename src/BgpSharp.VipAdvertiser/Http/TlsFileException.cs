namespace BgpSharp.VipAdvertiser.Http;

/// <summary>A file of TLS material or credentials is not usable. The message names it and never quotes it.</summary>
internal sealed class TlsFileException(string message) : Exception(message);
