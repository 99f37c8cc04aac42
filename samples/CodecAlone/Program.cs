using BgpSharp;
using BgpSharp.Mrt;
using BgpSharp.Wire;

// The last route to each prefix that went through an AS, from an archive of messages: the archive, the AS number.
var wanted = Asn.Parse(args[1]);
using var file = File.OpenRead(args[0]);
var reader = new MrtReader(file);
Dictionary<IpPrefix, BgpRoute> routes = [];
while (reader.TryRead(out var record))
{
    if (MrtMessage.TryRead(record, out var message, out _) && message.MessageType == (byte)MessageType.Update
        && UpdateDecoder.Decode(message.Body, message.Context, out var update, out _) == UpdateVerdict.Accept
        && update.AsPath.Contains(wanted)) // Looked at where it lies: only what is kept becomes objects.
    {
        foreach (var route in update.ToUpdate().Announced)
        {
            routes[route.Prefix] = route;
        }
    }
}

// Each as an UPDATE for a session of four-octet AS numbers.
var octets = new byte[4096];
foreach (var (prefix, route) in routes)
{
    var length = UpdateWriter.WriteAnnouncements(octets, prefix.Family, route.Attributes, [prefix], new WireContext { FourOctetAsn = true }, out _);
    Console.WriteLine($"{route}\n  {Convert.ToHexString(octets.AsSpan(0, length))}");
}
