using System.Buffers;
using System.Text.Json;

namespace BgpSharp.VipAdvertiser.Otlp;

/// <summary>Writes records as a request to OTLP's v1/logs, the category of each as its scope.</summary>
internal static class OtlpLogs
{
    public static ReadOnlyMemory<byte> Make(OtlpResource resource, IReadOnlyList<LogRecord> records)
    {
        var octets = new ArrayBufferWriter<byte>(1024 + records.Sum(record => record.Json.Length));
        using (var json = new Utf8JsonWriter(octets, OtlpJson.Options))
        {
            resource.WriteBeginning(json, "resourceLogs", "scopeLogs");
            foreach (var scope in records.GroupBy(record => record.Category))
            {
                resource.WriteScope(json, scope.Key, "logRecords");
                foreach (var record in scope)
                {
                    json.WriteRawValue(record.Json, skipInputValidation: true);
                }

                OtlpResource.WriteScopeEnd(json);
            }

            OtlpResource.WriteEnd(json);
        }

        return octets.WrittenMemory;
    }
}
