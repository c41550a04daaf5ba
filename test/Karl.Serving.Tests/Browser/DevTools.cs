using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Karl.Serving.Tests.Browser;

/// <summary>The Chrome DevTools Protocol over a WebSocket: one command at a time, and what the page says on its console meanwhile.</summary>
internal sealed class DevTools : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _late = new(TimeSpan.FromMinutes(5));
    private int _last;
    private string? _session;

    /// <summary>Errors and warnings of the page, and exceptions that nobody caught.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Connects to a browser and opens a page.</summary>
    public static async Task<DevTools> ConnectAsync(Uri address)
    {
        DevTools tools = new();
        await tools._socket.ConnectAsync(address, tools._late.Token);
        JsonNode target = await tools.CallAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" });
        JsonNode attached = await tools.CallAsync("Target.attachToTarget", new JsonObject { ["targetId"] = target["targetId"]!.DeepClone(), ["flatten"] = true });
        tools._session = attached["sessionId"]!.GetValue<string>();
        foreach (string domain in new[] { "Page", "Runtime", "Log" })
        {
            await tools.CallAsync(domain + ".enable");
        }

        return tools;
    }

    /// <summary>Sends a command and waits for what comes of it.</summary>
    public async Task<JsonNode> CallAsync(string method, JsonObject? parameters = null)
    {
        int id = ++_last;
        JsonObject command = new() { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (_session is not null)
        {
            command["sessionId"] = _session;
        }

        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(command), WebSocketMessageType.Text, endOfMessage: true, _late.Token);
        while (true)
        {
            JsonNode message = await ReceiveAsync();
            if (message["id"]?.GetValue<int>() == id)
            {
                return message["result"] ?? throw new AssertFailedException($"{method}: {message["error"]}");
            }

            Hear(message);
        }
    }

    /// <summary>The value of an expression in the page, a promise's too.</summary>
    public async Task<T> EvaluateAsync<T>(string expression)
    {
        JsonNode answer = await CallAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true });
        Assert.IsNull(answer["exceptionDetails"], $"{expression}: {answer["exceptionDetails"]}");
        return answer["result"]!["value"]!.GetValue<T>();
    }

    /// <summary>Waits until an expression is true.</summary>
    public async Task UntilAsync(string expression)
    {
        for (int turn = 0; turn < 600; turn++)
        {
            if (await EvaluateAsync<bool>($"Boolean({expression})"))
            {
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail($"It did not come true: {expression}. Complaints: {string.Join("; ", Complaints)}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_socket.State == WebSocketState.Open)
        {
            await CallAsync("Page.close");
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }

        _socket.Dispose();
        _late.Dispose();
    }

    private void Hear(JsonNode message)
    {
        JsonNode? about = message["params"];
        switch (message["method"]?.GetValue<string>())
        {
            case "Runtime.exceptionThrown":
                Complaints.Add(about!["exceptionDetails"]!.ToJsonString());
                break;
            case "Runtime.consoleAPICalled" when about!["type"]!.GetValue<string>() is "error" or "warning" or "assert":
                Complaints.Add(about["args"]!.ToJsonString());
                break;
            case "Log.entryAdded" when about!["entry"]!["level"]!.GetValue<string>() is "error" or "warning":
                Complaints.Add(about["entry"]!.ToJsonString());
                break;
        }
    }

    private async Task<JsonNode> ReceiveAsync()
    {
        using MemoryStream whole = new();
        byte[] buffer = new byte[1 << 16];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer.AsMemory(), _late.Token);
            whole.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonNode.Parse(whole.ToArray())!;
    }
}
