using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Image;

/// <summary>
/// The unpacked image in a master's place, as the kubelet has a runtime run kube-vip's pod: the network of the node, a root
/// that is read-only, two capabilities, and of the node no files but those that are mounted.
/// </summary>
internal static class Container
{
    // "ip netns exec" has given the program mounts of its own already: nothing of this is seen outside, or outlives it.
    private const string MountAndRun = """
        set -e
        lower=$1 work=$2 kubernetes=$3
        shift 3
        mount -t tmpfs tmpfs "$work"
        mkdir "$work/upper" "$work/work" "$work/root"
        root=$work/root
        mount -t overlay overlay -o "lowerdir=$lower,upperdir=$work/upper,workdir=$work/work" "$root"
        mkdir -p "$root/proc" "$root/sys" "$root/dev" "$root/etc/kubernetes"
        mount -t proc proc "$root/proc"
        mount --bind /sys "$root/sys"
        for device in null zero random urandom; do
          : >"$root/dev/$device"
          mount --bind "/dev/$device" "$root/dev/$device"
        done
        echo 'nameserver 127.0.0.1' >"$root/etc/resolv.conf"
        printf '127.0.0.1 localhost\n127.0.0.1 kubernetes\n' >"$root/etc/hosts"
        if [ -e "$kubernetes/admin.conf" ]; then
          : >"$root/etc/kubernetes/admin.conf"
          mount --bind "$kubernetes/admin.conf" "$root/etc/kubernetes/admin.conf"
        fi
        if [ -e "$kubernetes/more-roots.pem" ]; then cat "$kubernetes/more-roots.pem" >>"$root/etc/ssl/certs/ca-certificates.crt"; fi
        mount -o remount,ro "$root"
        cd /
        exec env -i "$@"
        """;

    /// <summary>CAP_NET_ADMIN and CAP_NET_RAW.</summary>
    private static readonly int[] Capabilities = [12, 13];

    /// <param name="lab">The lab.</param>
    /// <param name="master">From 1 on.</param>
    /// <param name="image">The image.</param>
    /// <param name="kubernetes">The directory of what is mounted into it.</param>
    /// <param name="environment">The pod's whole environment.</param>
    /// <param name="command">The program and its arguments.</param>
    public static LabProcess Start(
        Lab lab, int master, PackedImage image, string kubernetes, IReadOnlyDictionary<string, string?> environment, IReadOnlyList<string> command)
    {
        const string Capsh = "/sbin/capsh";
        Requires.Tool("capsh", "libcap2-bin");
        var work = $"{lab.RunDirectory}/container{master}";
        Directory.CreateDirectory(work);
        var last = int.Parse(File.ReadAllText("/proc/sys/kernel/cap_last_cap"));
        var dropped = string.Join(',', Enumerable.Range(0, last + 1).Except(Capabilities));
        return lab.Start(lab.MasterNs(master),
        [
            "sh", "-c", MountAndRun, "sh", image.RootFileSystem, work, kubernetes,
            .. environment.Select(variable => $"{variable.Key}={variable.Value}"),
            Capsh, $"--drop={dropped}", $"--chroot={work}/root", $"--shell={command[0]}", "--", .. command.Skip(1),
        ]);
    }
}
