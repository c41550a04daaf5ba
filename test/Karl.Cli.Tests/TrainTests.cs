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
    [DataRow("--device tpu", 2, "--device is 'tpu'")]
    [DataRow("--replicas 3", 1, "8 images, which do not fall into 3 replicas")]
    [DataRow("--replicas 0", 1, "0 replicas")]
    [DataRow("--device cuda:255", 1, "cuda:255 cannot be used")]
    [DataRow("--device cuda --replicas 2", 1, "2 replicas were asked for on cuda:0")]
    [DataRow("--adversaries-from -1", 2, "--adversaries-from is -1")]
    [DataRow("--perceptual nowhere.onnx", 1, "perceptual network 'nowhere.onnx'")]
    public async Task What_cannot_be_is_told_before_anything_is_written(string options, int exitCode, string told)
    {
        using TemporaryFolder folder = new();
        CliResult result = await Cli.RunAsync(["train", "--data", folder.FullPath, "--preset", "try", "--output", folder["run"], .. options.Split(' ')]);
        result.AssertRefused(exitCode, told);
        Assert.IsFalse(Directory.Exists(folder["run"]));
    }
}
