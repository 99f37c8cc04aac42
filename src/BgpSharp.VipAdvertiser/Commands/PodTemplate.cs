using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace BgpSharp.VipAdvertiser.Commands;

/// <summary>The manifests for Kubernetes: a static pod, and a DaemonSet on the control plane's nodes.</summary>
internal static class PodTemplate
{
    private const string Program = "/bgpsharp-vip";

    /// <summary>A pod that is given its end has a drain by preStop and the signal's own, and a little more.</summary>
    private static readonly TimeSpan Beyond = TimeSpan.FromSeconds(10);

    public static IEnumerable<string> Pod(ManifestSettings settings, string version)
    {
        yield return "# For /etc/kubernetes/manifests of this node. A static pod has no Secrets: its secrets are files of the node.";
        foreach (var name in settings.Secrets)
        {
            yield return $"# {ManifestSettings.SecretDirectory}/{name} has to hold what its name says, readable by root alone.";
        }

        yield return "apiVersion: v1";
        yield return "kind: Pod";
        yield return "metadata:";
        yield return "  name: bgpsharp-vip";
        yield return "  namespace: kube-system";
        yield return "spec:";
        foreach (var line in Spec(settings, version, secretName: null))
        {
            yield return $"  {line}";
        }
    }

    public static IEnumerable<string> DaemonSet(ManifestSettings settings, string version)
    {
        if (settings.LeftOut.Count > 0)
        {
            yield return $"# Left out, since each node needs its own: {string.Join(", ", settings.LeftOut)}. The program finds the addresses itself.";
        }

        if (settings.Secrets.Count > 0)
        {
            yield return "# The secrets: kubectl -n kube-system create secret generic bgpsharp-vip "
                + string.Join(' ', settings.Secrets.Select(name => $"--from-file={name}"));
        }

        yield return "apiVersion: apps/v1";
        yield return "kind: DaemonSet";
        yield return "metadata:";
        yield return "  name: bgpsharp-vip";
        yield return "  namespace: kube-system";
        yield return "spec:";
        yield return "  selector:";
        yield return "    matchLabels: {app: bgpsharp-vip}";
        yield return "  updateStrategy:";
        yield return "    rollingUpdate: {maxUnavailable: 1}";
        yield return "  template:";
        yield return "    metadata:";
        yield return "      labels: {app: bgpsharp-vip}";
        yield return "    spec:";
        yield return "      nodeSelector: {node-role.kubernetes.io/control-plane: \"\"}";
        yield return "      tolerations:";
        yield return "      - {operator: Exists, effect: NoSchedule}";
        yield return "      - {operator: Exists, effect: NoExecute}";
        foreach (var line in Spec(settings, version, secretName: "bgpsharp-vip"))
        {
            yield return $"      {line}";
        }
    }

    private static IEnumerable<string> Spec(ManifestSettings settings, string version, string? secretName)
    {
        var grace = (2 * settings.Options.Stop.Timeout) + Beyond;
        yield return "hostNetwork: true";
        yield return "priorityClassName: system-node-critical";
        yield return string.Create(CultureInfo.InvariantCulture, $"terminationGracePeriodSeconds: {Math.Ceiling(grace.TotalSeconds)}");
        yield return "automountServiceAccountToken: false";
        yield return "enableServiceLinks: false   # variables of a Service named bgpsharp-... would be taken for settings";
        yield return "containers:";
        yield return "- name: bgpsharp-vip";
        yield return $"  image: {Quote($"bgpsharp-vip:{version}")}";
        yield return $"  command: [{Program}, run]";
        yield return "  env:";
        foreach (var (name, value) in settings.Variables)
        {
            yield return $"  - {{name: {name}, value: {Quote(value)}}}";
        }

        yield return "  securityContext:";
        yield return "    runAsUser: 0";
        yield return "    readOnlyRootFilesystem: true";
        yield return "    allowPrivilegeEscalation: false";
        yield return "    capabilities: {add: [NET_ADMIN, NET_RAW], drop: [ALL]}";
        yield return "  lifecycle:";
        yield return $"    preStop: {{exec: {{command: [{Program}, drain]}}}}";
        foreach (var line in Probes(settings.Options.Http))
        {
            yield return $"  {line}";
        }

        foreach (var line in Volumes(settings, secretName))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Probes(IPEndPoint? listen)
    {
        if (listen is null)
        {
            yield break;
        }

        var host = listen.Address.Equals(IPAddress.IPv6Any) || listen.Address.Equals(IPAddress.Any) ? "127.0.0.1" : $"{listen.Address}";
        yield return $"livenessProbe: {{httpGet: {{host: {Quote(host)}, port: {listen.Port}, path: /livez}}, periodSeconds: 10, failureThreshold: 3}}";
        yield return $"readinessProbe: {{httpGet: {{host: {Quote(host)}, port: {listen.Port}, path: /readyz}}, periodSeconds: 5}}";
    }

    private static IEnumerable<string> Volumes(ManifestSettings settings, string? secretName)
    {
        if (settings.Files.Count + settings.Secrets.Count == 0)
        {
            yield break;
        }

        yield return "  volumeMounts:";
        for (var i = 0; i < settings.Files.Count; i++)
        {
            yield return $"  - {{name: file-{i}, mountPath: {Quote(settings.Files[i])}, readOnly: true}}";
        }

        if (settings.Secrets.Count > 0)
        {
            yield return $"  - {{name: passwords, mountPath: {ManifestSettings.SecretDirectory}, readOnly: true}}";
        }

        yield return "volumes:";
        for (var i = 0; i < settings.Files.Count; i++)
        {
            yield return $"- {{name: file-{i}, hostPath: {{path: {Quote(settings.Files[i])}, type: File}}}}";
        }

        if (settings.Secrets.Count > 0)
        {
            yield return secretName is null
                ? $"- {{name: passwords, hostPath: {{path: {ManifestSettings.SecretDirectory}, type: Directory}}}}"
                : $"- {{name: passwords, secret: {{secretName: {secretName}, defaultMode: 0400}}}}";
        }
    }

    /// <summary>A text of JSON is one of YAML.</summary>
    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
