namespace EcmpLab;

/// <summary>The lab cannot be had on this machine, or a part of it does not work; the message says what to do.</summary>
internal sealed class LabException(string message) : Exception(message);
