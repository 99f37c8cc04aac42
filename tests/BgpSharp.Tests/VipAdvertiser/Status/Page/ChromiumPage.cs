using System.Text.Json.Nodes;

namespace BgpSharp.Tests.VipAdvertiser.Status.Page;

/// <summary>One open page.</summary>
internal sealed class ChromiumPage(Chromium browser, string target, string session) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public Task<JsonObject> SendAsync(string method, JsonObject parameters) => browser.SendAsync(method, parameters, session);

    /// <summary>The value of an expression; it works where the page's own scripts are turned off, too.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        var answer = await SendAsync("Runtime.evaluate", new() { ["expression"] = expression, ["returnByValue"] = true });
        return answer["exceptionDetails"] is { } problem
            ? throw new InvalidOperationException($"{expression}: {problem}")
            : answer["result"]!["value"];
    }

    public async Task<string> TextAsync(string expression) => (await EvaluateAsync(expression))!.GetValue<string>();

    /// <summary>Waits until a condition is true on the page, which may be loaded again meanwhile.</summary>
    public async Task UntilAsync(string condition, string what)
    {
        using var limit = new CancellationTokenSource(Chromium.Patience);
        while (!(await EvaluateAsync(condition))!.GetValue<bool>())
        {
            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"not within {Chromium.Patience.TotalSeconds} s: {what}; the page says\n{await TextAsync("document.title + '\\n' + document.body.innerText")}");
            }

            await Task.Delay(Interval);
        }
    }

    public async ValueTask DisposeAsync() => await browser.SendAsync("Target.closeTarget", new() { ["targetId"] = target });
}
