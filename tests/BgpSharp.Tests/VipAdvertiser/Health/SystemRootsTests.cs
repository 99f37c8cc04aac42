using System.Security.Cryptography.X509Certificates;
using BgpSharp.Tests.StandIn;
using BgpSharp.VipAdvertiser.Health;

namespace BgpSharp.Tests.VipAdvertiser.Health;

public sealed class SystemRootsTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("roots");

    [Fact]
    public void The_named_file_and_the_named_directories_are_read()
    {
        var (first, second, third) = (new StandInAuthority(), new StandInAuthority(), new StandInAuthority());
        var file = Write("bundle.pem", $"{first.Pem}\n{second.Pem}\n");
        Write("hashed/1.0", third.Pem);
        Write("hashed/README", "no certificate");

        Read(file, null).Should().HaveCount(2);
        Read(null, $"{_directory.FullName}/hashed:/nowhere").Should().ContainSingle();
        Read(file, $"{_directory.FullName}/hashed").Should().HaveCount(3);
    }

    [Fact]
    public void A_changed_file_is_read_again()
    {
        var file = Write("bundle.pem", new StandInAuthority().Pem);
        var roots = new SystemRoots(file, null);
        var before = roots.Read();
        roots.Read().Should().BeSameAs(before, "nothing has changed");

        var replacement = new StandInAuthority();
        Write("bundle.pem", replacement.Pem);
        File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddSeconds(1));

        roots.Read().Should().ContainSingle().Which.ExportCertificatePem().Should().Be(replacement.Pem.Trim());
    }

    [Fact]
    public void A_system_without_any_trusts_nobody()
    {
        Read($"{_directory.FullName}/none.pem", null).Should().BeEmpty();
    }

    [Fact]
    public void Without_variables_the_distributions_bundle_is_read()
    {
        Assert.SkipUnless(File.Exists("/etc/ssl/certs/ca-certificates.crt"), "this system has no CA certificates where Debian has them");

        Read(null, null).Should().NotBeEmpty();
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private static X509Certificate2Collection Read(string? file, string? directories) => new SystemRoots(file, directories).Read();

    private string Write(string name, string content)
    {
        var path = Path.Combine(_directory.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }
}
