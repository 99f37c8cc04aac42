using BgpSharp.Tests.Wire;

namespace BgpSharp.Tests.Samples.Decode;

/// <summary>bgpsharp decode on MRT: messages, state changes and tables.</summary>
public sealed class MrtInputTests
{
    // 2026-01-02T03:04:05Z, BGP4MP_ET with half a second, MESSAGE_AS4; then a state change of the same session.
    private static readonly byte[] s_messages = Hex.Bytes($"""
        695736A5 0011 0004 00000047 0007A120
          0001000E 0000FDE8 0000 0001 C6336401 C6336402
          {Messages.ToHex(Messages.FourOctetUpdate)}
        695736A5 0010 0005 00000018
          0001000E 0000FDE8 0000 0001 C6336401 C6336402 0005 0006
        """);

    // A table of one peer and a route of two: the second one's peer is not in the table.
    private static readonly byte[] s_table = Hex.Bytes("""
        695736A5 000D 0001 00000019
          C6336402 0004 74657374 0001
          02 C6336401 C6336401 0001000E
        695736A5 000D 0002 00000047
          00000007 18 CB0071 0002
          0000 695736A0 0014 40010100 40020602010001000E 400304C6336401
          0009 695736A0 0019 40010100 40020602010001000E 800E09 0001 01 04 C6336401 00
        """);

    [Fact]
    public async Task Messages_and_state_changes_have_time_and_both_sides()
    {
        (await DecodeCli.RunAsync(s_messages)).Should().Be(new DecodeResult(0, """
            2026-01-02T03:08:21.500000Z 198.51.100.1 AS 65550 > 198.51.100.2 AS 65000 UPDATE, 47 octets
              ORIGIN               igp
              AS_PATH              65550
              NEXT_HOP             198.51.100.1
              announced            ipv4-unicast: 203.0.113.0/24
            2026-01-02T03:08:21.000000Z 198.51.100.1 AS 65550 STATE CHANGE
              OpenConfirm to Established

            """.ReplaceLineEndings("\n"), ""));
    }

    [Fact]
    public async Task Json_of_a_state_change_and_of_a_table()
    {
        (await DecodeCli.RunAsync(s_messages, "--json")).Output.Split('\n')[1].Should().Be(
            """{"type":"state-change","time":"2026-01-02T03:08:21Z","from":"198.51.100.1","from_port":null,"from_as":65550,"to":"198.51.100.2","to_port":null,"to_as":65000,"length":0,"old_state":"OpenConfirm","new_state":"Established"}""");
        (await DecodeCli.RunAsync(s_table, "--json")).Output.Should().Be("""
            {"type":"peer-table","time":"2026-01-02T03:08:21Z","collector":"198.51.100.2","view":"test","peers":[{"address":"198.51.100.1","as":65550,"router_id":"198.51.100.1"}]}
            {"type":"route","time":"2026-01-02T03:08:21Z","peer":"198.51.100.1","peer_as":65550,"peer_index":0,"sequence":7,"originated":"2026-01-02T03:08:16Z","family":"ipv4-unicast","prefix":"203.0.113.0/24","path_id":null,"attributes":{"origin":"igp","as_path":"65550","next_hop":"198.51.100.1","others":[],"unusual_flags":[],"undecoded":null}}
            {"type":"route","time":"2026-01-02T03:08:21Z","peer":null,"peer_as":null,"peer_index":9,"sequence":7,"originated":"2026-01-02T03:08:16Z","family":"ipv4-unicast","prefix":"203.0.113.0/24","path_id":null,"attributes":{"origin":"igp","as_path":"65550","mp_next_hop":"198.51.100.1","link_local_next_hop":null,"others":[],"unusual_flags":[],"undecoded":null}}

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_table_is_a_block_for_its_peers_and_one_for_each_route()
    {
        (await DecodeCli.RunAsync(s_table)).Output.Should().StartWith("""
            2026-01-02T03:08:21.000000Z PEERS of 198.51.100.2, view test
              0: 198.51.100.1 AS 65550, router id 198.51.100.1
            2026-01-02T03:08:21.000000Z ROUTE ipv4-unicast 203.0.113.0/24 from 198.51.100.1 AS 65550
              since                2026-01-02T03:08:16.000000Z
              ORIGIN               igp
              AS_PATH              65550
              NEXT_HOP             198.51.100.1
            2026-01-02T03:08:21.000000Z ROUTE ipv4-unicast 203.0.113.0/24 from peer 9
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_view_name_does_not_move_the_cursor()
    {
        byte[] table = Hex.Bytes("695736A5 000D 0001 0000000D C6336402 0005 1B5B324A0A 0000");

        (await DecodeCli.RunAsync(table)).Output.Should().Be("2026-01-02T03:08:21.000000Z PEERS of 198.51.100.2, view \\u{1B}[2J\\u{A}\n");
        (await DecodeCli.RunAsync(table, "--json")).Objects().Single().GetProperty("view").GetString().Should().Be("\u001b[2J\n", "a program gets it as it is");
    }

    [Fact]
    public async Task Bgpdump_form_has_a_line_a_prefix()
    {
        (await DecodeCli.RunAsync(s_messages, "--bgpdump")).Output.Should().StartWith("BGP4MP_ET|").And.Contain("|A|198.51.100.1|65550|203.0.113.0/24|65550|IGP|198.51.100.1|0|0||NAG||\n");
    }
}
