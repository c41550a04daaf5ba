using System.Diagnostics;

namespace Microsoft.ML.Karl.Tests;

/// <summary>Another process, which loads a saved pipeline knowing nothing of it.</summary>
internal static class FreshProcess
{
    public static string Run(params string[] arguments)
    {
        const string Name = "Microsoft.ML.Karl.FreshProcess";
        string program = Path.Combine(AppContext.BaseDirectory, Name + ".dll");
        ProcessStartInfo start = new("dotnet", ["exec", program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, error.Result);
        return output;
    }
}
