namespace Karl.Cli.Tests;

/// <summary>The command, run in this process.</summary>
internal static class Cli
{
    public static async Task<CliResult> RunAsync(string[] arguments, CancellationToken cancellationToken = default)
    {
        StringWriter output = new(), error = new();
        int code = await KarlCommand.RunAsync(arguments, TextWriter.Synchronized(output), TextWriter.Synchronized(error), cancellationToken);
        return new CliResult(code, output.ToString(), error.ToString());
    }
}

/// <summary>What a run of the command gave.</summary>
internal sealed record CliResult(int Code, string Output, string Error)
{
    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Asserts that the command ended so, said one line about it, and gave nothing.</summary>
    public void AssertRefused(int code, string message)
    {
        Assert.AreEqual(code, Code, Error);
        Assert.HasCount(1, ErrorLines, Error);
        StringAssert.StartsWith(Error, "karl: ");
        StringAssert.Contains(Error, message);
        Assert.AreEqual("", Output);
    }
}
