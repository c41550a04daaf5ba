using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Arrays;
using Karl.Tokenizers.Tokenization;

namespace Karl.Cli.Tests;

[TestClass]
public sealed class VerifyTests
{
    private const int Budget = 24;

    [TestMethod]
    public async Task I_see_a_line_for_each_recorded_tensor_and_that_the_model_agrees()
    {
        using Workplace place = new();
        Record(place);
        CliResult result = await Cli.RunAsync(["verify", place.Model, "--reference", place["goldens.npz"], "--images", place["images.npy"], "--threads", "1"]);
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Output + result.Error);
        Assert.AreEqual("", result.Error);
        Assert.HasCount(5, result.OutputLines);
        StringAssert.StartsWith(result.OutputLines[0], "img0.b24.q0.05.halt_prob  OK  difference ");
        Assert.AreEqual("4 recorded tensors: 4 OK, 0 FAIL. tiny.karl agrees with goldens.npz.", result.OutputLines[^1]);
    }

    [TestMethod]
    public async Task I_see_where_a_model_differs_and_the_command_fails()
    {
        using Workplace place = new();
        Record(place, moved: 0.001f);
        CliResult result = await Cli.RunAsync(["verify", place.Model, "--reference", place["goldens.npz"], "--images", place["images.npy"], "--quiet"]);
        Assert.AreEqual(KarlCommand.Failure, result.Code);
        Assert.HasCount(2, result.OutputLines, result.Output);
        StringAssert.StartsWith(result.OutputLines[0], "img0.b24.q0.05.halt_prob  FAIL  difference 0.001     allowed 7E-06     at [3]: recorded ");
        Assert.AreEqual("4 recorded tensors: 3 OK, 1 FAIL. tiny.karl DOES NOT AGREE with goldens.npz.", result.OutputLines[^1]);
    }

    [TestMethod]
    public async Task I_am_told_in_one_line_what_does_not_belong_together()
    {
        using Workplace place = new(quantized: false);
        Record(place);
        CliResult result = await Cli.RunAsync(["verify", place.Model, "--reference", place["images.npy"], "--images", place["images.npy"]]);
        result.AssertRefused(KarlCommand.Failure, "'images.npy'");
        result = await Cli.RunAsync(["verify", place.Model, "--reference", place["goldens.npz"], "--images", place["nothing.npy"]]);
        result.AssertRefused(KarlCommand.BadUsage, "nothing.npy");
        result = await Cli.RunAsync(["verify", place.Model, "--images", place["images.npy"]]);
        result.AssertRefused(KarlCommand.BadUsage, "--reference");
    }

    [TestMethod]
    public async Task I_can_compare_a_training_step_by_giving_a_checkpoint()
    {
        string folder = SharedFiles.Require("reference", "karl-vae-continuous");
        CliResult result = await Cli.RunAsync(
        [
            "verify", Path.Combine(folder, "checkpoint.pth"), "--architecture", Path.Combine(folder, "architecture.json"),
            "--reference", SharedFiles.Require("reference", "karl-training", "vae-continuous.b1.T128.npz"), "--images", SharedFiles.Require("reference", "inputs", "images.npy"), "--quiet",
        ]);
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Output + result.Error);
        Assert.AreEqual("901 recorded tensors: 619 OK, 0 FAIL, 282 INFO. checkpoint.pth agrees with vae-continuous.b1.T128.npz.", result.OutputLines.Single());
    }

    [TestMethod]
    public async Task I_am_told_that_a_bundle_needs_no_architecture()
    {
        using Workplace place = new();
        Record(place);
        CliResult result = await Cli.RunAsync(["verify", place.Model, "--preset", "karl_small", "--reference", place["goldens.npz"], "--images", place["images.npy"]]);
        result.AssertRefused(KarlCommand.BadUsage, "a model bundle says by itself");
    }

    [TestMethod]
    public async Task I_can_interrupt_it()
    {
        using Workplace place = new();
        Record(place);
        CliResult result = await Cli.RunAsync(["verify", place.Model, "--reference", place["goldens.npz"], "--images", place["images.npy"]], new CancellationToken(canceled: true));
        result.AssertRefused(KarlCommand.Interrupted, "interrupted");
    }

    /// <summary>Records what the tokenizer says of one image, one probability perhaps moved.</summary>
    private static void Record(Workplace place, float moved = 0)
    {
        Random random = new(1);
        const int Size = TinyModel.ImageSize;
        float[] image = [.. Enumerable.Range(0, 3 * Size * Size).Select(_ => random.NextSingle())];
        using ImageTokenizer tokenizer = ImageTokenizer.Load(place.Model);
        TokenSequence tokens = tokenizer.Encode(image, new TokenizeOptions { Budget = Budget })[0];
        float[] pixels = new float[image.Length];
        tokenizer.Decode(tokens, pixels);
        float[] probabilities = [.. tokens.HaltingProbabilities];
        probabilities[3] += moved;
        using NpzWriter writer = NpzWriter.Create(place["goldens.npz"]);
        writer.Add<float>("img0.b24.q0.05.halt_prob", probabilities, Budget);
        writer.Add<long>("img0.b24.q0.05.kc", [tokens.Count]);
        writer.Add<bool>("img0.b24.q0.05.active", [.. Enumerable.Range(0, Budget).Select(position => tokens.Positions.Contains(position))], Budget);
        writer.Add<float>("img0.b24.q0.05.recon", pixels, 3, Size, Size);
        writer.Complete();
        NpyArray.Create<float>(image, 1, 3, Size, Size).Save(place["images.npy"]);
    }
}
