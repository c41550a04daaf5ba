using System.Diagnostics;
using System.Globalization;
using Karl.Testing;

namespace Karl.Serving.Tests.Browser;

/// <summary>A Chromium without a window, which tests steer through its DevTools protocol.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Places =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe", @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    private readonly Process _process;
    private readonly TemporaryFolder _profile;

    private readonly Uri _address;

    private Chromium(Process process, TemporaryFolder profile, Uri address) => (_process, _profile, _address) = (process, profile, address);

    /// <summary>Starts one; ends the test as inconclusive where none is installed. <c>KARL_CHROMIUM</c> names one elsewhere.</summary>
    public static async Task<Chromium> StartAsync()
    {
        string? path = Environment.GetEnvironmentVariable("KARL_CHROMIUM") ?? Places.FirstOrDefault(File.Exists);
        if (path is null)
        {
            Assert.Inconclusive("No Chromium was found: install one, or name it in KARL_CHROMIUM.");
        }

        TemporaryFolder profile = new();
        string[] arguments =
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
            "--remote-debugging-port=0", $"--user-data-dir={profile.FullPath}", "about:blank",
        ];
        Process process = Process.Start(new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            return new Chromium(process, profile, await AddressAsync(profile));
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Opens an empty page.</summary>
    public Task<DevTools> OpenAsync() => DevTools.ConnectAsync(_address);

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        for (int attempt = 0; attempt < 50; attempt++)
        {
            try
            {
                _profile.Dispose();
                return;
            }
            catch (IOException)
            {
                // A helper process of the browser may still be writing its last.
                await Task.Delay(100);
            }
        }
    }

    /// <summary>The browser writes into its profile where it listens.</summary>
    private static async Task<Uri> AddressAsync(TemporaryFolder profile)
    {
        string file = profile["DevToolsActivePort"];
        for (int turn = 0; turn < 600; turn++)
        {
            if (File.Exists(file) && await File.ReadAllLinesAsync(file) is [string port, string path, ..])
            {
                return new Uri(string.Create(CultureInfo.InvariantCulture, $"ws://127.0.0.1:{port}{path}"));
            }

            await Task.Delay(100);
        }

        throw new AssertFailedException("Chromium did not say within a minute where it listens.");
    }
}
