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
}
