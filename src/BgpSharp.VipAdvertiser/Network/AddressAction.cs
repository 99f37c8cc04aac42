namespace BgpSharp.VipAdvertiser.Network;

/// <summary>What becomes of an address.</summary>
internal enum AddressAction
{
    /// <summary>It is missing.</summary>
    Add,

    /// <summary>It is ours and stays.</summary>
    Keep,

    /// <summary>It is ours and has to come anew: in another scope, or after duplicate address detection failed.</summary>
    Renew,

    /// <summary>kube-vip left it behind: it becomes ours.</summary>
    TakeOver,

    /// <summary>It is somebody else's, and does as well.</summary>
    Use,

    /// <summary>It is missing, and its interface is down.</summary>
    Wait,

    /// <summary>It is ours and nobody wants it.</summary>
    Remove,
}
