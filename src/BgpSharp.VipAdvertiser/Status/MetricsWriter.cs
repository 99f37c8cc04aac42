namespace BgpSharp.VipAdvertiser.Status;

/// <summary>A form that metrics leave in. Each family is followed by its samples; one without any may follow.</summary>
internal abstract class MetricsWriter
{
    public void Counter(string name, string help) => Family(name, help, isCounter: true);

    public void Gauge(string name, string help) => Family(name, help, isCounter: false);

    public void Sample(bool value, params ReadOnlySpan<(string Name, string Value)> labels) => Sample(value ? 1L : 0L, labels);

    public abstract void Sample(long value, params ReadOnlySpan<(string Name, string Value)> labels);

    public abstract void Sample(double value, params ReadOnlySpan<(string Name, string Value)> labels);

    protected abstract void Family(string name, string help, bool isCounter);
}
