using BgpSharp.Wire;

namespace BgpSharp.Tests.Wire;

public sealed class OpenValidatorTests
{
    private static readonly BgpIdentifier s_local = BgpIdentifier.Parse("198.51.100.9");
    private static readonly BgpIdentifier s_remote = BgpIdentifier.Parse("198.51.100.11");

    [Theory]
    [InlineData(65000, null, 65000u, "a two-octet speaker has its AS in the fixed field")]
    [InlineData(65000, 65000u, 65000u, "a four-octet speaker with a small number has it in both places")]
    [InlineData(23456, 4200000000u, 4200000000u, "a number that needs four octets stands in the capability only")]
    public void The_expected_AS_is_accepted(int field, uint? capability, uint expected, string because) =>
        Validate(Open(field, capability), expected).Should().BeNull(because);

    [Theory]
    [InlineData(65002, null, 65000u, "the peer's OPEN says AS 65002, AS 65000 is configured", "it is another AS")]
    [InlineData(65000, 65002u, 65000u, "the peer's OPEN says AS 65002, AS 65000 is configured", "the capability counts")]
    [InlineData(0, null, 0u, "the peer's OPEN says AS 0, AS 0 is configured", "AS 0 is no AS (RFC 7607)")]
    [InlineData(23456, 0u, 0u, "the peer's OPEN says AS 0, AS 0 is configured", "AS 0 is no AS (RFC 7607)")]
    [InlineData(0, 65000u, 65000u, "the peer's OPEN says AS 0, AS 65000 is configured", "AS 0 has no place in the fixed field either")]
    [InlineData(23456, null, 23456u, "the peer's OPEN says AS 23456, AS 23456 is configured", "AS_TRANS is not anybody's number (RFC 6793)")]
    [InlineData(23456, 23456u, 23456u, "the peer's OPEN says AS 23456, AS 23456 is configured", "AS_TRANS is not anybody's number (RFC 6793)")]
    public void Another_AS_is_Bad_Peer_AS(int field, uint? capability, uint expected, string detail, string because) =>
        Validate(Open(field, capability), expected)!.Value.Should().Be(new WireError(BgpErrorCode.OpenMessage, 2) { Detail = detail }, because);

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, (byte)6)]
    [InlineData(2, (byte)6)]
    [InlineData(3, null)]
    [InlineData(65535, null)]
    public void Hold_times_of_one_and_two_seconds_are_unacceptable(int holdTime, byte? subcode) =>
        (Validate(Open(holdTime: holdTime))?.Subcode).Should().Be(subcode);

    [Fact]
    public void Identifier_zero_is_Bad_BGP_Identifier() =>
        Validate(Open(identifier: default(BgpIdentifier)))!.Value.Should().Be(
            new WireError(BgpErrorCode.OpenMessage, 3) { Detail = "the peer's OPEN says 0.0.0.0, ours is 198.51.100.9" });

    [Fact]
    public void Our_own_identifier_is_bad_from_an_internal_peer_and_fine_from_an_external_one()
    {
        OpenValidator.Validate(Open(identifier: s_local), 65000, 65000, s_local)!.Value.Subcode
            .Should().Be(3, "identifiers are unique within an AS (RFC 6286)");
        OpenValidator.Validate(Open(identifier: s_local), 65000, 65001, s_local).Should().BeNull();
    }

    [Fact]
    public void A_parameter_nobody_knows_is_Unsupported_Optional_Parameter() =>
        Validate(Open(parameter: 1)).Should().Be(new WireError(BgpErrorCode.OpenMessage, 4));

    [Fact]
    public void Another_version_is_answered_with_ours()
    {
        var error = Validate(new OpenMessage { Version = 3, MyAutonomousSystem = 65000, Identifier = s_remote })!.Value;

        (error.Code, error.Subcode).Should().Be((BgpErrorCode.OpenMessage, (byte)1));
        error.Data.ToArray().Should().Equal(0, 4);
    }

    [Fact]
    public void Of_several_faults_the_first_in_the_order_of_the_message_is_reported()
    {
        Validate(Open(field: 65002, holdTime: 1, identifier: default(BgpIdentifier)))!.Value.Subcode.Should().Be(2);
        Validate(Open(holdTime: 1, identifier: default(BgpIdentifier)))!.Value.Subcode.Should().Be(6);
    }

    private static WireError? Validate(OpenMessage open, uint expected = 65000) =>
        OpenValidator.Validate(open, expected, 65001, s_local);

    private static OpenMessage Open(
        int field = 65000, uint? capability = null, int holdTime = 90, BgpIdentifier? identifier = null, byte? parameter = null) => new()
        {
            MyAutonomousSystem = (ushort)field,
            HoldTime = (ushort)holdTime,
            Identifier = identifier ?? s_remote,
            Parameters =
            [
                .. capability is { } asn ? [OpenParameter.Of([FourOctetAsnCapability.Create(asn)])] : Array.Empty<OpenParameter>(),
                .. parameter is { } type ? [new OpenParameter(type, [])] : Array.Empty<OpenParameter>(),
            ],
        };
}
