using BgpSharp.VipAdvertiser.Http;
using BgpSharp.VipAdvertiser.Otlp;

namespace BgpSharp.Tests.VipAdvertiser.Otlp;

/// <summary>What an answer of the collector leads to.</summary>
public sealed class OtlpOutcomeTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(200, "{}", "Accepted", null)]
    [InlineData(200, "", "Accepted", null)]
    [InlineData(202, "<html>", "Accepted", null)]
    [InlineData(200, """{"partialSuccess":{}}""", "Accepted", null)]
    [InlineData(200, """{"partialSuccess":{"rejectedDataPoints":"3","errorMessage":"too old"}}""", "Accepted", "not all of them: 3 rejected, too old")]
    [InlineData(200, """{"partialSuccess":{"rejectedLogRecords":2}}""", "Accepted", "not all of them: 2 rejected")]
    [InlineData(200, """{"partialSuccess":{"errorMessage":"use another name"}}""", "Accepted", "all of them, with a remark: use another name")]
    [InlineData(200, """{"code":0,"message":"success"}""", "Accepted", null)]
    [InlineData(400, """{"code":3,"message":"bad\u001b[2Jdata"}""", "Refused", "HTTP status 400: bad?[2Jdata")]
    [InlineData(401, "no JSON", "Refused", "HTTP status 401")]
    [InlineData(404, "", "Refused", "HTTP status 404")]
    [InlineData(408, "", "Refused", "HTTP status 408")]
    [InlineData(413, "", "Refused", "HTTP status 413")]
    [InlineData(500, "", "Refused", "HTTP status 500")]
    [InlineData(301, "", "Refused", "HTTP status 301")]
    [InlineData(429, "", "Later", "HTTP status 429")]
    [InlineData(502, "", "Later", "HTTP status 502")]
    [InlineData(503, """{"message":"over""", "Later", "HTTP status 503")]
    [InlineData(504, """{"message":["a"],"x":{"message":"slow"}}""", "Later", "HTTP status 504: slow")]
    public void Four_codes_are_worth_another_try_and_what_the_collector_says_is_told(int code, string body, string verdict, string? problem)
    {
        var outcome = OtlpOutcome.Of(new HttpAnswer(code, null, body), [], Now);

        outcome.Verdict.ToString().Should().Be(verdict);
        (outcome.Kind is null ? null : outcome.Problem).Should().Be(problem);
    }

    [Theory]
    [InlineData("30", 30.0)]
    [InlineData("Wed, 01 Jul 2026 12:01:30 GMT", 90.0)]
    [InlineData("Wed, 01 Jul 2026 11:00:00 GMT", null)]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("soon", null)]
    [InlineData(null, null)]
    public void Retry_After_is_seconds_or_a_date(string? text, double? seconds) =>
        (OtlpOutcome.Of(new HttpAnswer(503, null, "") { RetryAfter = text }, [], Now).RetryAfter?.TotalSeconds).Should().Be(seconds);

    [Fact]
    public void A_collector_that_repeats_a_header_tells_nobody_its_value_and_a_long_story_is_cut()
    {
        var outcome = OtlpOutcome.Of(
            new HttpAnswer(401, null, $$"""{"message":"no such key: s3cret-key, nor BEARER s3cret-key{{new string('x', 1000)}}"}"""), [("Authorization", "Bearer s3cret-key")], Now);

        outcome.Problem.Should().StartWith("HTTP status 401: no such key: ***, nor ***xxx").And.EndWith("xxx...").And.NotContain("s3cret");
        outcome.Problem.Length.Should().BeLessThan(350);
    }

    [Fact]
    public void A_header_that_ends_in_a_space_or_is_one_is_no_defect() =>
        OtlpOutcome.Of(new HttpAnswer(401, null, """{"message":"who is s3cret ?"}"""), [("Api-Key", "s3cret "), ("X-Blank", " ")], Now).Problem
            .Should().Be("HTTP status 401: who is *** ?");
}
