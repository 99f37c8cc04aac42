namespace BgpSharp.Tests.Samples.Decode;

/// <summary>bgpsharp decode on hex text: the exact lines, and what is tolerated.</summary>
public sealed class HexInputTests
{
    [Fact]
    public async Task Every_type_of_message_is_a_few_lines()
    {
        var result = await DecodeCli.RunAsync($"""
            # a session, message by message
            {Messages.ToHex(Messages.NewOpen)}
            {Messages.ToHex(Messages.Keepalive)}   # with a remark
            {Messages.ToHex(Messages.FourOctetUpdate)}
            FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF 0017 02 0000 0000
            FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF 0017 05 0001 00 01
            FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF 001B 03 06 02 05 6279652E0A
            """);

        result.Errors.Should().BeEmpty();
        result.ExitCode.Should().Be(0);
        result.Output.Should().Be("""
            OPEN, 43 octets
              version 4, AS 65550, hold time 90 s, router id 198.51.100.2
              four-octet-as 65550
              add-path ipv4-unicast send-receive
            KEEPALIVE, 19 octets
            UPDATE, 47 octets
              ORIGIN               igp
              AS_PATH              65550
              NEXT_HOP             198.51.100.1
              announced            ipv4-unicast: 203.0.113.0/24
              guessed              AS numbers of four octets
            UPDATE, 23 octets
              end of RIB           ipv4-unicast
            ROUTE-REFRESH, 23 octets
              request ipv4-unicast
            NOTIFICATION, 27 octets
              Cease, Administrative Shutdown (6/2): "bye.\u{A}"

            """.ReplaceLineEndings("\n"), "that is what each message says");
    }

    [Fact]
    public async Task Json_is_one_object_a_line_with_stable_keys()
    {
        var result = await DecodeCli.RunAsync($"{Messages.ToHex(Messages.NewOpen)}\n{Messages.ToHex(Messages.AddPathUpdate)}\n{Messages.ToHex(Messages.Keepalive)}\n", "--json --add-path ipv4-unicast");

        result.Errors.Should().BeEmpty();
        result.Output.Should().Be("""
            {"type":"open",HEAD,"length":43,"version":4,"as":65550,"hold_time":90,"router_id":"198.51.100.2","capabilities":[{"code":65,"text":"four-octet-as 65550","value":"0001000E"},{"code":69,"text":"add-path ipv4-unicast send-receive","value":"00010103"}],"other_parameters":[]}
            {"type":"update",HEAD,"length":51,"withdrawn":[],"announced":[{"family":"ipv4-unicast","next_hop":"198.51.100.1","link_local_next_hop":null,"prefixes":[{"prefix":"203.0.113.0/24","path_id":7}],"undecoded":null}],"attributes":{"origin":"igp","as_path":"65550","next_hop":"198.51.100.1","others":[],"unusual_flags":[],"undecoded":null},"end_of_rib":null,"undecoded":null,"verdict":"accept","problem":null,"context":{"as_octets":4,"add_path":["ipv4-unicast"],"internal":false,"guessed":true}}
            {"type":"keepalive",HEAD,"length":19}

            """.Replace("HEAD", "\"time\":null,\"from\":null,\"from_port\":null,\"from_as\":null,\"to\":null,\"to_port\":null,\"to_as\":null", StringComparison.Ordinal).ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF 00 13 04")]
    [InlineData("ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:00:13:04")]
    [InlineData("0xffffffffffffffffffffffffffffffff001304")]
    [InlineData("0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00, 0x13, 0x04")]
    [InlineData("\t ffffffff-ffffffff-ffffffff-ffffffff-0013-04 \r")]
    [InlineData("\uFEFFffffffffffffffffffffffffffffffff001304#remark with bytes: zz")]
    public async Task Separators_are_free(string line)
    {
        var result = await DecodeCli.RunAsync(line);

        result.Should().Be(new DecodeResult(0, "KEEPALIVE, 19 octets\n", ""));
    }

    [Fact]
    public async Task Two_octet_as_numbers_are_seen_or_demanded()
    {
        var line = Messages.ToHex(Messages.TwoOctetUpdate);

        (await DecodeCli.RunAsync(line)).Output.Should().Contain("AS_PATH              65001\n").And.Contain("guessed              AS numbers of two octets");
        (await DecodeCli.RunAsync(line, "--as2")).Output.Should().Contain("AS_PATH              65001\n").And.NotContain("guessed");
        (await DecodeCli.RunAsync(Messages.ToHex(Messages.FourOctetUpdate), "--as2")).Output
            .Should().Contain("AS_PATH: malformed segments").And.Contain("203.0.113.0/24", "what can be read is shown all the same");
    }

    [Fact]
    public async Task Path_identifiers_are_taken_where_prefixes_make_no_sense_without()
    {
        var result = await DecodeCli.RunAsync(Messages.ToHex(Messages.AddPathUpdate));

        result.Output.Should().Contain("announced            ipv4-unicast: 203.0.113.0/24 path 7\n").And.Contain("guessed              AS numbers of four octets, path identifiers\n");
    }

    [Fact]
    public async Task The_verdict_depends_on_the_kind_of_session()
    {
        var localPref = Messages.ToHex(Messages.Update("40 02 06 02 01 0001000E 40 05 04 00000064", "18 CB0071"));

        var external = await DecodeCli.RunAsync(localPref);
        external.Output.Should().Contain("LOCAL_PREF           100").And.Contain("verdict              LOCAL_PREF: not allowed from an external peer at offset 17: attribute discarded");
        (await DecodeCli.RunAsync(localPref, "--ibgp")).Output.Should().NotContain("verdict");
        external.ExitCode.Should().Be(0, "the input is fine, the message is not");
    }

    [Fact]
    public async Task A_malformed_update_shows_what_can_be_read_and_the_verdict()
    {
        var result = await DecodeCli.RunAsync(Messages.ToHex(Messages.Update("40 02 06 02 01 0001000E", "18 CB0071 21 CB00710101")), "--json");

        var update = result.Objects().Single();
        update.GetProperty("verdict").GetString().Should().Be("session-reset");
        update.GetProperty("problem").GetProperty("rule").GetString().Should().Be("network-field");
        update.GetProperty("problem").GetProperty("offset").GetInt32().Should().Be(28, "that is where /33 stands in the body");
        var announced = update.GetProperty("announced").EnumerateArray().Single();
        announced.GetProperty("prefixes").EnumerateArray().Single().GetProperty("prefix").GetString().Should().Be("203.0.113.0/24");
        announced.GetProperty("undecoded").GetString().Should().Be("21CB00710101");
    }

    [Fact]
    public async Task A_line_that_is_no_hex_is_told_with_its_offset_and_the_rest_is_read()
    {
        var keepalive = Messages.ToHex(Messages.Keepalive);
        var result = await DecodeCli.RunAsync($"{keepalive}\nffxx\n{keepalive}\n");

        result.Output.Should().Be("KEEPALIVE, 19 octets\nMESSAGE, 1 octets\n  cannot be read       the header is cut off: 1 of 19 octets\n  octets               FF\nKEEPALIVE, 19 octets\n");
        result.Errors.Should().Be("bgpsharp: standard input: offset 41: line 2 is not hex from its column 3 on\n");
        result.ExitCode.Should().Be(1);
    }

    [Fact]
    public async Task Several_messages_in_a_line_are_all_read_and_a_message_that_is_cut_off_is_told()
    {
        var keepalive = Messages.ToHex(Messages.Keepalive);
        var result = await DecodeCli.RunAsync($"{keepalive}{keepalive}{keepalive[..^2]}\n");

        result.Output.Should().StartWith("KEEPALIVE, 19 octets\nKEEPALIVE, 19 octets\nMESSAGE, 18 octets\n");
        result.Errors.Should().Be("bgpsharp: standard input: offset 0: line 1 ends within a message, or its length is wrong\n");
        result.ExitCode.Should().Be(1);
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_is_shown_in_hex_with_the_reason()
    {
        var result = await DecodeCli.RunAsync("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00140400\nFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF0000130 4", "--json");

        result.Objects()[0].GetProperty("type").GetString().Should().Be("undecoded");
        result.Objects()[0].GetProperty("message").GetString().Should().Be("keepalive");
        result.Objects()[0].GetProperty("reason").GetString().Should().StartWith("Message Header Error, Bad Message Length (1/2)");
        result.Objects()[0].GetProperty("octets").GetString().Should().Be("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00140400");
    }

    [Theory]
    [InlineData("--json --bgpdump", "--json and --bgpdump are both given; allowed: one of them")]
    [InlineData("--jsn", "--jsn is neither an option of decode nor a file; decode --help lists the options")]
    [InlineData("--bgpdump", "--bgpdump is given, and standard input is hex text; allowed: MRT")]
    [InlineData("--add-path ipv4", "--add-path is 'ipv4'; allowed: ipv4-unicast, ipv6-unicast, or both with a comma")]
    [InlineData("--port 0", "--port is '0'; allowed: 1 to 65535")]
    [InlineData("--port x", "--port is 'x'; allowed: 1 to 65535")]
    [InlineData("one two", "'two'")]
    [InlineData("-j", "-j is neither an option of decode nor a file; decode --help lists the options")]
    public async Task Wrong_usage_is_exit_code_2(string arguments, string expected)
    {
        var result = await DecodeCli.RunAsync(Messages.ToHex(Messages.Keepalive), arguments);

        result.ExitCode.Should().Be(2);
        result.Output.Should().BeEmpty();
        result.ErrorLines.Should().ContainSingle().Which.Should().StartWith("bgpsharp: ").And.Contain(expected);
    }

    [Theory]
    [InlineData("", 0, "")]
    [InlineData("# nothing but a remark\n\n", 0, "")]
    [InlineData("{\"type\":\"open\"}", 1, "bgpsharp: standard input: offset 0: neither hex text nor MRT nor a packet capture\n")]
    public async Task An_input_without_messages_is_no_mistake_unless_it_is_something_else(string input, int exitCode, string errors)
    {
        (await DecodeCli.RunAsync(input)).Should().Be(new DecodeResult(exitCode, "", errors));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_one_line_and_exit_code_1()
    {
        var result = await DecodeCli.RunAsync("", Path.Combine(Path.GetTempPath(), "no-such-file.mrt"));

        result.ExitCode.Should().Be(1);
        result.ErrorLines.Should().ContainSingle().Which.Should().StartWith("bgpsharp: cannot read ").And.Contain("no-such-file.mrt");
    }
}
