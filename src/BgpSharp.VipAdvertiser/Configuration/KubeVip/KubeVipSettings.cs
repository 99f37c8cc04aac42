namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>What kube-vip's environment and flags say, in this program's keys.</summary>
internal sealed class KubeVipSettings
{
    private readonly Dictionary<string, SourcedValue> _values = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyDictionary<string, SourcedValue> Values => _values;

    /// <summary>What cannot be done as kube-vip would.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>What an operator should know.</summary>
    public List<string> Remarks { get; } = [];

    /// <summary>Variables that have no effect as things are.</summary>
    public List<string> NotApplied { get; } = [];

    public void Set(string key, string value, string source) => _values[key] = new SourcedValue(value, source);
}
