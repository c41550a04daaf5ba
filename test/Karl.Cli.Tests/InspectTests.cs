using Karl.Testing;

namespace Karl.Cli.Tests;

[TestClass]
public sealed class InspectTests
{
    [TestMethod]
    public async Task I_see_what_a_model_is_as_plain_text_in_a_pipe()
    {
        using Workplace place = new();
        CliResult result = await Cli.RunAsync(["inspect", place.Model]);
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
        Assert.AreEqual("tiny.karl: model bundle", result.OutputLines[0]);
        StringAssert.Contains(result.Output, "base tokenizer     vqgan\n");
        StringAssert.Contains(result.Output, "encoder.onnx  output  halting_probabilities  float32  [batch, budget]\n");
        Assert.IsTrue(result.Output.All(character => character is '\n' or (>= ' ' and <= '~')), "Plain text was expected.");
    }

    [TestMethod]
    public async Task I_can_list_every_tensor()
    {
        using Workplace place = new();
        CliResult without = await Cli.RunAsync(["inspect", place.Model]);
        CliResult with = await Cli.RunAsync(["inspect", place.Model, "--tensors"]);
        StringAssert.StartsWith(with.Output, without.Output.TrimEnd());
        StringAssert.Contains(with.Output, "decoder.0.wide.weight");
    }

    [TestMethod]
    public async Task I_see_the_training_arguments_of_a_checkpoint()
    {
        CliResult result = await Cli.RunAsync(["inspect", SharedFiles.Require("reference", "karl-vqgan-quantized", "checkpoint.pth")]);
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
        Assert.AreEqual("checkpoint.pth: PyTorch checkpoint", result.OutputLines[0]);
        Assert.IsTrue(result.OutputLines.Any(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["quantize_latent", "True"]), result.Output);
    }

    [TestMethod]
    public async Task I_am_told_in_one_line_that_a_file_is_damaged()
    {
        using Workplace place = new();
        byte[] whole = File.ReadAllBytes(place.Model);
        File.WriteAllBytes(place["cut.karl"], whole[..(whole.Length / 2)]);
        (await Cli.RunAsync(["inspect", place["cut.karl"]])).AssertRefused(KarlCommand.Failure, "'cut.karl'");
        whole[1000] ^= 1;
        File.WriteAllBytes(place["changed.karl"], whole);
        (await Cli.RunAsync(["inspect", place["changed.karl"]])).AssertRefused(KarlCommand.Failure, "part 'encoder.onnx' has SHA-256");
        (await Cli.RunAsync(["inspect", place["nothing.karl"]])).AssertRefused(KarlCommand.BadUsage, "nothing.karl");
        (await Cli.RunAsync(["inspect", place.Folder])).AssertRefused(KarlCommand.Failure, "is a folder");
        (await Cli.RunAsync(["inspect"])).AssertRefused(KarlCommand.BadUsage, "Required argument missing");
    }
}
