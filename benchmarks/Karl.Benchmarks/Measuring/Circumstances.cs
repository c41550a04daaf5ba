using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Benchmarks.Measuring;

/// <summary>Where and with what numbers were measured, as lines of Markdown.</summary>
internal static class Circumstances
{
    private const string ProcessorFile = "/proc/cpuinfo";
    private const string LoadFile = "/proc/loadavg";

    /// <summary>The lines, with <paramref name="more"/> in between.</summary>
    /// <param name="arguments">Those of this program, as they were given.</param>
    /// <param name="more">Facts of one benchmark: what, and how it is.</param>
    public static IEnumerable<string> Lines(IEnumerable<string> arguments, IEnumerable<(string What, string How)> more)
    {
        (string What, string How)[] facts =
        [
            ("date", DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)),
            ("commit", Commit()),
            ("processor", $"{Processor()}, {Environment.ProcessorCount} logical processors"),
            ("load average at the start", Load()),
            ("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}"),
            (".NET", RuntimeInformation.FrameworkDescription),
            ("ONNX Runtime", OrtEnv.Instance().GetVersionString()),
            .. more,
            ("command", $"`dotnet run -c Release --project benchmarks/Karl.Benchmarks -- {string.Join(' ', arguments.Select(Quoted))}`"),
        ];
        return facts.Select(fact => $"- {fact.What}: {fact.How}");
    }

    private static string Quoted(string argument) => argument.Length > 0 && !argument.Contains(' ', StringComparison.Ordinal) ? argument : $"\"{argument}\"";

    private static string Processor()
    {
        string? line = File.Exists(ProcessorFile) ? File.ReadLines(ProcessorFile).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown processor";
    }

    private static string Load() => File.Exists(LoadFile) ? string.Join(' ', File.ReadAllText(LoadFile).Split(' ').Take(3)) : "unknown";

    private static string Commit()
    {
        if (Git("rev-parse", "--short", "HEAD") is not string commit)
        {
            return "unknown";
        }

        return Git("status", "--porcelain", "--untracked-files=no") is "" ? commit : commit + ", with changes";
    }

    private static string? Git(params string[] arguments)
    {
        try
        {
            using Process git = Process.Start(new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string output = git.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            return git.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
