using System.Net;
using BgpSharp.Bfd;

namespace BgpSharp.Hosting.Configuration;

/// <summary>The section of a peer. Its keys have the names of the options; of the password there are three.</summary>
internal static class PeerSection
{
    private const string PasswordFile = nameof(PasswordFile);
    private const string PasswordVariable = nameof(PasswordVariable);

    private static readonly SettingKind<BgpConnectMode> ConnectMode = SettingKinds.NameOf<BgpConnectMode>();
    private static readonly SettingKind<BgpHandlerFaultAction> FaultAction = SettingKinds.NameOf<BgpHandlerFaultAction>();
    private static readonly SettingKind<BgpPrefixLimitAction> LimitAction = SettingKinds.NameOf<BgpPrefixLimitAction>();

    public static BgpPeerOptions Read(SectionReader reader)
    {
        // What is required has a place holder until it is read.
        var defaults = new BgpPeerOptions { Address = IPAddress.Any, RemoteAsn = 0 };
        var peer = new BgpPeerOptions
        {
            Address = reader.ReadRequired(nameof(defaults.Address), SettingKinds.Address, defaults.Address),
            Port = reader.Read(nameof(defaults.Port), SettingKinds.Number, defaults.Port),
            RemoteAsn = reader.ReadRequired(nameof(defaults.RemoteAsn), SettingKinds.AsNumber, defaults.RemoteAsn),
            ConnectMode = reader.Read(nameof(defaults.ConnectMode), ConnectMode, defaults.ConnectMode),
            LocalAddress = reader.TryRead(nameof(defaults.LocalAddress), SettingKinds.Address, out var local) ? local : null,
            SourceInterface = reader.TryRead(nameof(defaults.SourceInterface), SettingKinds.Text, out var device) ? device : null,
            TimeToLive = reader.ReadOptional(nameof(defaults.TimeToLive), SettingKinds.Number),
            TtlSecurityHops = reader.ReadOptional(nameof(defaults.TtlSecurityHops), SettingKinds.Number),
            Password = ReadPassword(reader),
            HoldTime = reader.Read(nameof(defaults.HoldTime), SettingKinds.Time, defaults.HoldTime),
            KeepaliveInterval = reader.ReadOptional(nameof(defaults.KeepaliveInterval), SettingKinds.Time),
            MinimumHoldTime = reader.Read(nameof(defaults.MinimumHoldTime), SettingKinds.Time, defaults.MinimumHoldTime),
            SendHoldTime = reader.ReadOptional(nameof(defaults.SendHoldTime), SettingKinds.Time),
            DelayOpenTime = reader.Read(nameof(defaults.DelayOpenTime), SettingKinds.Time, defaults.DelayOpenTime),
            CollisionDetectEstablished = reader.Read(nameof(defaults.CollisionDetectEstablished), SettingKinds.Flag, defaults.CollisionDetectEstablished),
            Families = reader.ReadList(nameof(defaults.Families), SettingKinds.Family) ?? defaults.Families,
            AcceptAsSets = reader.Read(nameof(defaults.AcceptAsSets), SettingKinds.Flag, defaults.AcceptAsSets),
            AcceptConfederationSegments = reader.Read(nameof(defaults.AcceptConfederationSegments), SettingKinds.Flag, defaults.AcceptConfederationSegments),
            DisableFamilyOnError = reader.Read(nameof(defaults.DisableFamilyOnError), SettingKinds.Flag, defaults.DisableFamilyOnError),
            ExtendedMessages = reader.Read(nameof(defaults.ExtendedMessages), SettingKinds.Flag, defaults.ExtendedMessages),
            GracefulRestart = ReadGracefulRestart(reader.ReadSection(nameof(defaults.GracefulRestart))),
            Bfd = ReadBfd(reader.ReadSection(nameof(defaults.Bfd))),
            PrefixLimits = [.. reader.ReadSections(nameof(defaults.PrefixLimits)).Select(limit => ReadLimit(limit.Reader)).OfType<BgpPrefixLimit>()],
            RecordedOctets = reader.Read(nameof(defaults.RecordedOctets), SettingKinds.Number, defaults.RecordedOctets),
            OnHandlerFault = reader.Read(nameof(defaults.OnHandlerFault), FaultAction, defaults.OnHandlerFault),
        };
        reader.RefuseUnknown();
        return peer;
    }

    private static BgpSecret? ReadPassword(SectionReader reader)
    {
        (string Key, Func<string, BgpSecret> Make)[] sources =
        [
            (nameof(BgpPeerOptions.Password), BgpSecret.FromString),
            (PasswordFile, BgpSecret.FromFile),
            (PasswordVariable, BgpSecret.FromEnvironmentVariable),
        ];
        BgpSecret? password = null;
        string? taken = null;
        foreach (var (key, make) in sources)
        {
            if (!reader.TryRead(key, SettingKinds.Text, out var text))
            {
                continue;
            }

            if (taken is not null)
            {
                reader.Refuse(key, $"is given, and {taken} is too; allowed: one of {string.Join(", ", sources.Select(source => source.Key))}.");
                continue;
            }

            (taken, password) = (key, make(text));
            if (password.FindProblem() is { } problem)
            {
                reader.Refuse(key, key == nameof(BgpPeerOptions.Password) ? problem : $"is '{text}', which {problem}");
            }
        }

        return password;
    }

    private static BgpGracefulRestartOptions? ReadGracefulRestart(SectionReader? reader)
    {
        if (reader is null)
        {
            return null;
        }

        var defaults = new BgpGracefulRestartOptions();
        var restart = new BgpGracefulRestartOptions
        {
            RestartTime = reader.Read(nameof(defaults.RestartTime), SettingKinds.Time, defaults.RestartTime),
            CoversNotifications = reader.Read(nameof(defaults.CoversNotifications), SettingKinds.Flag, defaults.CoversNotifications),
            ForwardingPreserved = reader.Read(nameof(defaults.ForwardingPreserved), SettingKinds.Flag, defaults.ForwardingPreserved),
            StaleRouteTime = reader.Read(nameof(defaults.StaleRouteTime), SettingKinds.Time, defaults.StaleRouteTime),
        };
        reader.RefuseUnknown();
        return restart;
    }

    private static BfdOptions? ReadBfd(SectionReader? reader)
    {
        if (reader is null)
        {
            return null;
        }

        var defaults = new BfdOptions();
        var bfd = new BfdOptions
        {
            TransmitInterval = reader.Read(nameof(defaults.TransmitInterval), SettingKinds.Time, defaults.TransmitInterval),
            ReceiveInterval = reader.Read(nameof(defaults.ReceiveInterval), SettingKinds.Time, defaults.ReceiveInterval),
            DetectMultiplier = reader.Read(nameof(defaults.DetectMultiplier), SettingKinds.Number, defaults.DetectMultiplier),
            Multihop = reader.Read(nameof(defaults.Multihop), SettingKinds.Flag, defaults.Multihop),
            Strict = reader.Read(nameof(defaults.Strict), SettingKinds.Flag, defaults.Strict),
        };
        reader.RefuseUnknown();
        return bfd;
    }

    private static BgpPrefixLimit? ReadLimit(SectionReader reader)
    {
        var defaults = new BgpPrefixLimit { Family = default, Maximum = 1 };
        var limit = new BgpPrefixLimit
        {
            Family = reader.ReadRequired(nameof(defaults.Family), SettingKinds.Family, defaults.Family),
            Maximum = reader.ReadRequired(nameof(defaults.Maximum), SettingKinds.Number, defaults.Maximum),
            WarningPercent = reader.Read(nameof(defaults.WarningPercent), SettingKinds.Number, defaults.WarningPercent),
            Action = reader.Read(nameof(defaults.Action), LimitAction, defaults.Action),
            RetryTime = reader.ReadOptional(nameof(defaults.RetryTime), SettingKinds.Time),
        };
        reader.RefuseUnknown();
        return limit.Family == defaults.Family ? null : limit;
    }
}
