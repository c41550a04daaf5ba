using Karl.Testing;

namespace Karl.Cli.Tests;

[TestClass]
public sealed class TrainTests
{
    [TestMethod]
    [DataRow("train --data . --preset small-65 --output run")]
    [DataRow("experiment scaling . --preset small-65 --output run")]
    public async Task A_preset_that_does_not_exist_is_told_before_anything_begins(string line)
    {
        CliResult result = await Cli.RunAsync(line.Split(' '));
        result.AssertRefused(2, "small-64-alit");
    }

    [TestMethod]
    [DataRow("--adversaries-from -1", 2, "--adversaries-from is -1")]
    [DataRow("--perceptual nowhere.onnx", 1, "perceptual network 'nowhere.onnx'")]
    public async Task Judges_that_cannot_be_are_told_before_anything_is_written(string judges, int exitCode, string told)
    {
        using TemporaryFolder folder = new();
        CliResult result = await Cli.RunAsync(["train", "--data", folder.FullPath, "--preset", "try", "--output", folder["run"], .. judges.Split(' ')]);
        result.AssertRefused(exitCode, told);
        Assert.IsFalse(Directory.Exists(folder["run"]));
    }
}
