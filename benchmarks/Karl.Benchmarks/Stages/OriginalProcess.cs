using System.Diagnostics;
using System.Globalization;

namespace Karl.Benchmarks.Stages;

/// <summary>The original in PyTorch, as one of the servers <c>benchmarks/pytorch/stages.py</c> and <c>training.py</c>.</summary>
internal sealed class OriginalProcess : IDisposable
{
    private const string Ready = "ready torch ";
    private const int PatienceMilliseconds = 10_000;

    /// <summary>These choose OpenBLAS's kernels and block sizes; a machine's settings for something else can slow PyTorch down.</summary>
    private static readonly string[] BlasSettings = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"];

    private readonly Process _process;

    private OriginalProcess(Process process, string torchVersion)
    {
        _process = process;
        TorchVersion = torchVersion;
    }

    /// <summary>PyTorch's version.</summary>
    public string TorchVersion { get; }

    /// <summary>Layouts in which a stage can run.</summary>
    public static string[] Layouts(Stage stage) => stage.IsOfPixels() ? ["plain", "channels-last"] : ["plain"];

    /// <summary>Starts it and waits until its model stands.</summary>
    /// <param name="command">Program and arguments.</param>
    /// <param name="threads">Threads of one run.</param>
    /// <param name="keepBlasSettings">Whether it inherits this machine's settings for OpenBLAS.</param>
    /// <exception cref="InvalidOperationException">It ended, or answered something else.</exception>
    public static OriginalProcess Start(IReadOnlyList<string> command, int threads, bool keepBlasSettings)
    {
        ProcessStartInfo start = new(command[0], [.. command.Skip(1), "--threads", threads.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (!keepBlasSettings)
        {
            foreach (string setting in BlasSettings)
            {
                start.Environment.Remove(setting);
            }
        }

        Process process = Process.Start(start)!;
        string? answer = process.StandardOutput.ReadLine();
        if (answer?.StartsWith(Ready, StringComparison.Ordinal) == true)
        {
            return new OriginalProcess(process, answer[Ready.Length..]);
        }

        process.Dispose();
        throw new InvalidOperationException($"'{string.Join(' ', command)}' answered '{answer}'; '{Ready}' and a version was expected. Its error output says why.");
    }

    /// <summary>Runs a stage once.</summary>
    /// <returns>Milliseconds, as it measured them itself.</returns>
    public double Run(Stage stage, int tokens, string layout) =>
        Ask(string.Create(CultureInfo.InvariantCulture, $"{stage.Title().Replace(' ', '-')} {tokens} {layout}"));

    /// <summary>Sends a line and waits for a number: most often milliseconds.</summary>
    /// <exception cref="InvalidOperationException">It answered something else.</exception>
    public double Ask(string request)
    {
        _process.StandardInput.WriteLine(request);
        _process.StandardInput.Flush();
        string? answer = _process.StandardOutput.ReadLine();
        return double.TryParse(answer, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : throw new InvalidOperationException($"The original answered '{answer}' to '{request}'; a number was expected. Its error output says why.");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(PatienceMilliseconds))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
