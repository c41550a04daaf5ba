using System.Text.Json.Nodes;

namespace Karl.Serving.Tests.Browser;

/// <summary>What a person does with the page: looks, types, drops.</summary>
internal sealed class PageDriver(DevTools tools)
{
    private static readonly Dictionary<string, int> KeyCodes = new() { ["Tab"] = 9, ["Enter"] = 13, ["Escape"] = 27, [" "] = 32, ["End"] = 35, ["Home"] = 36, ["ArrowLeft"] = 37, ["ArrowRight"] = 39 };

    /// <summary>An expression that is true when every panel shows its result and its token map.</summary>
    public const string IsShown = "document.querySelector('.panel') && [...document.querySelectorAll('.panel')].every(panel => panel.dataset.explained !== undefined && panel.getAttribute('aria-busy') === 'false')";

    /// <summary>Opens the page and waits until it shows its first result.</summary>
    public async Task OpenAsync(Uri address, int width = 1360, int height = 760, bool dark = false)
    {
        await ViewAsync(width, height, dark);
        await tools.CallAsync("Page.navigate", new JsonObject { ["url"] = address.ToString() });
        await tools.UntilAsync(IsShown);
    }

    /// <summary>Changes the window and the colours that the person prefers.</summary>
    public async Task ViewAsync(int width, int height, bool dark = false)
    {
        await tools.CallAsync("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false });
        await tools.CallAsync("Emulation.setEmulatedMedia", new JsonObject
        {
            ["features"] = new JsonArray(
                new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" },
                new JsonObject { ["name"] = "prefers-reduced-motion", ["value"] = "reduce" }),
        });
    }

    /// <summary>Drops a file onto the middle of the page.</summary>
    public async Task DropAsync(string path)
    {
        foreach (string type in new[] { "dragEnter", "dragOver", "drop" })
        {
            await tools.CallAsync("Input.dispatchDragEvent", new JsonObject
            {
                ["type"] = type,
                ["x"] = 300,
                ["y"] = 300,
                ["data"] = new JsonObject { ["items"] = new JsonArray(), ["files"] = new JsonArray(path), ["dragOperationsMask"] = 1 },
            });
        }
    }

    /// <summary>Presses a key some times.</summary>
    public async Task PressAsync(string key, int times = 1)
    {
        for (int time = 0; time < times; time++)
        {
            foreach (string type in new[] { "keyDown", "keyUp" })
            {
                JsonObject press = new() { ["type"] = type, ["key"] = key, ["code"] = key == " " ? "Space" : key, ["windowsVirtualKeyCode"] = KeyCodes[key] };
                if (key is "Enter" or " " && type == "keyDown")
                {
                    press["text"] = key == " " ? " " : "\r";
                }

                await tools.CallAsync("Input.dispatchKeyEvent", press);
            }
        }
    }

    /// <summary>Presses Tab until what has the focus matches a selector.</summary>
    public async Task TabToAsync(string selector)
    {
        for (int stop = 0; stop < 60; stop++)
        {
            await PressAsync("Tab");
            if (await tools.EvaluateAsync<bool>($"document.activeElement.matches({System.Text.Json.JsonSerializer.Serialize(selector)})"))
            {
                return;
            }
        }

        Assert.Fail($"No Tab leads to {selector}.");
    }

    /// <summary>The text of an element.</summary>
    public Task<string> TextAsync(string selector) => tools.EvaluateAsync<string>($"document.querySelector({System.Text.Json.JsonSerializer.Serialize(selector)}).textContent.trim()");

    /// <summary>Keeps a picture of the page in the folder that <c>KARL_SCREENSHOTS</c> names, if it names one.</summary>
    public async Task KeepAsync(string name)
    {
        JsonNode picture = await tools.CallAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png" });
        byte[] png = picture["data"]!.GetValue<string>() is string data ? Convert.FromBase64String(data) : [];
        Assert.IsGreaterThan(1000, png.Length);
        if (Environment.GetEnvironmentVariable("KARL_SCREENSHOTS") is string folder)
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllBytesAsync(Path.Combine(folder, name + ".png"), png);
        }
    }
}
