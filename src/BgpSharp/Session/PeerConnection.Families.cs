namespace BgpSharp.Sessions;

/// <summary>The families that the session takes: those agreed on, without those given up (RFC 7606 §2).</summary>
internal sealed partial class PeerConnection
{
    private BgpFamily[] _families = [];
    private bool _toldOfOtherFamilies;

    /// <summary>Hides routes of multiprotocol attributes that nobody agreed on, or that were given up; whether there were any.</summary>
    private bool HideOtherFamilies(ref UpdateView view)
    {
        var (reach, unreach) = (view.MpReachFamily, view.MpUnreachFamily);
        var hidesReach = reach != default && !_families.Contains(reach);
        var hidesUnreach = unreach != default && !_families.Contains(unreach);
        if (hidesReach)
        {
            view.HideReach();
        }

        if (hidesUnreach)
        {
            view.HideUnreach();
        }

        if ((hidesReach || hidesUnreach) && !_toldOfOtherFamilies)
        {
            _toldOfOtherFamilies = true;
            _driver.OtherFamilyIgnored(hidesReach ? reach : unreach);
        }

        return hidesReach || hidesUnreach;
    }

    private static bool IsNothing(in UpdateView view) =>
        view.AnnouncedPrefixes.IsEmpty && view.WithdrawnPrefixes.IsEmpty && !view.IsEndOfRib(out _);

    private async ValueTask DisableAsync(ValueTask rest, BgpFamily family, TimeSpan now)
    {
        await rest.ConfigureAwait(false);
        _families = [.. _families.Where(other => other != family)];
        _limiter!.Release(family);

        // What is ignored from now on the line about the family announces.
        _toldOfOtherFamilies = true;
        _driver.FamilyDisabled(family);
        if (_downReason is null)
        {
            await _handler!.FamilyDisabledAsync(family, now).ConfigureAwait(false);
        }
    }
}
