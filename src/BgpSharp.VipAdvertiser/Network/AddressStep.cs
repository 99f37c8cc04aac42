namespace BgpSharp.VipAdvertiser.Network;

/// <summary>One step of an <see cref="AddressPlan"/>.</summary>
internal readonly record struct AddressStep(AddressAction Action, InterfaceAddress Address)
{
    public bool IsChange => Action is AddressAction.Add or AddressAction.Renew or AddressAction.TakeOver or AddressAction.Remove;
}
