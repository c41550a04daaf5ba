using System.Globalization;
using Karl.Testing;
using Karl.Tokenizers.Demonstration;
using Karl.Tokenizers.Imaging;

namespace Karl.Serving.Tests.Browser;

/// <summary>The page in a real browser.</summary>
[TestClass]
public sealed class PageTests
{
    private const string Tokens = "[data-number=tokens]";
    private static RunningServer? _server;
    private static Chromium? _browser;

    [ClassCleanup]
    public static async Task StopAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    /// <summary>One browser and one server serve all tests, each on a page of its own.</summary>
    [TestInitialize]
    public async Task StartAsync()
    {
        _browser ??= await Chromium.StartAsync();
        _server ??= await RunningServer.StartDefaultAsync();
    }

    [TestMethod]
    public async Task I_can_drop_an_image_ask_for_less_and_see_fewer_tokens()
    {
        await using DevTools tools = await _browser!.OpenAsync();
        PageDriver page = new(tools);
        await page.OpenAsync(_server!.Server.Address);
        using TemporaryFolder folder = new();
        ImageWriter.Write(DemonstrationImages.All.Single(image => image.Name == "mandelbrot").Draw(300), folder["my photo.png"]);
        await page.DropAsync(folder["my photo.png"]);
        await tools.UntilAsync($"document.getElementById('source-name').textContent === 'my photo.png' && {PageDriver.IsShown}");
        int before = await CountAsync(page);
        await tools.EvaluateAsync<string>("document.getElementById('epsilon').focus(), ''");
        await page.PressAsync("End");
        await tools.UntilAsync($"document.querySelector('{Tokens}').textContent < {before}");
        await tools.UntilAsync(PageDriver.IsShown);
        Assert.IsLessThan(before, await CountAsync(page));
        await page.PressAsync("Home");
        await tools.UntilAsync($"Number(document.querySelector('{Tokens}').textContent) >= {before}");
        Assert.IsEmpty(tools.Complaints, string.Join("\n", tools.Complaints));
    }

    [TestMethod]
    public async Task I_can_do_everything_by_keyboard()
    {
        await using DevTools tools = await _browser!.OpenAsync();
        PageDriver page = new(tools);
        await page.OpenAsync(_server!.Server.Address);
        await page.TabToAsync(".skip");
        await page.TabToAsync("#file");
        await page.TabToAsync("[data-name=noise]");
        await page.PressAsync("Enter");
        await tools.UntilAsync($"document.getElementById('source-name').textContent === 'noise' && {PageDriver.IsShown}");
        await page.TabToAsync("#epsilon");
        Assert.AreNotEqual("none", await tools.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"), "The focus cannot be seen.");
        await page.TabToAsync("#budget");
        await page.PressAsync("Home");
        await tools.UntilAsync($"Number(document.querySelector('{Tokens}').textContent) === 1");
        await page.PressAsync("ArrowRight", 3);
        await tools.UntilAsync($"Number(document.querySelector('{Tokens}').textContent) > 1");
        await page.TabToAsync("#compare");
        await tools.UntilAsync(PageDriver.IsShown);
        await page.TabToAsync("[role=listbox]");
        await page.PressAsync("ArrowRight", 2);
        Assert.AreEqual(1, await tools.EvaluateAsync<int>("document.querySelectorAll('[aria-selected=true]').length"));
        StringAssert.Contains(await page.TextAsync(".strip-note"), "when it is left out");
        await page.PressAsync("Escape");
        Assert.AreEqual(0, await tools.EvaluateAsync<int>("document.querySelectorAll('[aria-selected=true]').length"));
        await tools.UntilAsync("document.getElementById('status').textContent.includes('tokens, error')");
        Assert.IsEmpty(tools.Complaints, string.Join("\n", tools.Complaints));
    }

    [TestMethod]
    public async Task I_see_two_models_side_by_side_or_one()
    {
        await using DevTools tools = await _browser!.OpenAsync();
        PageDriver page = new(tools);
        await page.OpenAsync(_server!.Server.Address);
        Assert.AreEqual(2, await tools.EvaluateAsync<int>("document.querySelectorAll('.panel').length"));
        await page.KeepAsync("page-compare");
        await tools.EvaluateAsync<string>("(compare => { compare.value = ''; compare.dispatchEvent(new Event('change')); return ''; })(document.getElementById('compare'))");
        await tools.UntilAsync($"document.querySelectorAll('.panel').length === 1 && {PageDriver.IsShown}");
        await page.KeepAsync("page-light");
        await page.ViewAsync(1360, 760, dark: true);
        await page.KeepAsync("page-dark");
        await page.ViewAsync(360, await tools.EvaluateAsync<int>("document.documentElement.scrollHeight") * 2);
        await page.KeepAsync("page-narrow");
        Assert.IsEmpty(tools.Complaints, string.Join("\n", tools.Complaints));
    }

    [TestMethod]
    [DataRow(360)]
    [DataRow(768)]
    [DataRow(1920)]
    public async Task It_fits_every_width_and_dark_rooms(int width)
    {
        await using DevTools tools = await _browser!.OpenAsync();
        PageDriver page = new(tools);
        await page.OpenAsync(_server!.Server.Address, width, 800);
        int across = await tools.EvaluateAsync<int>("document.documentElement.scrollWidth");
        Assert.IsLessThanOrEqualTo(width, across, "The page has to be scrolled sideways.");
        string light = await BackgroundAsync(tools);
        await page.KeepAsync($"light-{width}");
        await page.ViewAsync(width, 800, dark: true);
        Assert.AreNotEqual(light, await BackgroundAsync(tools));
        await page.KeepAsync($"dark-{width}");
        Assert.IsEmpty(tools.Complaints, string.Join("\n", tools.Complaints));
    }

    [TestMethod]
    public async Task A_file_that_is_no_image_is_told_and_the_next_one_works()
    {
        await using DevTools tools = await _browser!.OpenAsync();
        PageDriver page = new(tools);
        await page.OpenAsync(_server!.Server.Address);
        using TemporaryFolder folder = new();
        await File.WriteAllTextAsync(folder["notes.txt"], "hello, world, this is no image");
        await page.DropAsync(folder["notes.txt"]);
        await tools.UntilAsync("!document.getElementById('problem').hidden");
        StringAssert.Contains(await page.TextAsync("#problem"), "wanted a JPEG, PNG, WebP, GIF or TIFF image");
        await tools.EvaluateAsync<string>("document.querySelector('[data-name=flat]').click(), ''");
        await tools.UntilAsync($"document.getElementById('problem').hidden && {PageDriver.IsShown}");
    }

    private static Task<string> BackgroundAsync(DevTools tools) => tools.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    private static async Task<int> CountAsync(PageDriver page) => int.Parse(await page.TextAsync(Tokens), CultureInfo.InvariantCulture);
}
