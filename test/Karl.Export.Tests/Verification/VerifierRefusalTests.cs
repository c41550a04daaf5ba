using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Arrays;

namespace Karl.Export.Verification;

/// <summary>What does not belong together is refused in one sentence, before anything is run.</summary>
[TestClass]
public sealed class VerifierRefusalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("img0.mode.b4.q0.05.halt_prob", "'img0.mode.b4.q0.05.halt_prob' was recorded over a VAE; bundle 'tiny.karl' is over a VQGAN.")]
    [DataRow("img0.posterior_mean", "was recorded over a VAE")]
    [DataRow("img0.b65.q0.05.halt_prob", "was recorded with a larger budget than the 64 tokens of bundle 'tiny.karl'")]
    [DataRow("img1.b4.q0.05.halt_prob", "was recorded of an image that 'images.npy' does not have: it holds 1")]
    [DataRow("img0.none.it0.embedding", "is no recording of KARL. It looks like one of ALIT.")]
    [DataRow("img0.len32.logits_rows8", "is no recording of KARL. It looks like one of One-D-Piece.")]
    [DataRow("goldfish.bicubic_crop", "is no recording of KARL. Its keys are such as 'goldfish.bicubic_crop'.")]
    [DataRow("img0.b4.q0.05.halt_prob", "'img0.b4.q0.05.halt_prob' is [3]; this model gives [4]. The recording belongs to another model")]
    public void Verify_RecordingOfSomethingElse_SaysSo(string key, string expected) => AssertRefused(new TinyModel(), key, expected);

    [TestMethod]
    public void Verify_QuantizedRecordingOfAContinuousModel_SaysSo() => AssertRefused(
        new TinyModel(quantized: false), "img0.b4.q0.05.indices", "was recorded with quantized latents; those of bundle 'tiny.karl' are continuous");

    [TestMethod]
    [DataRow("img0.b4.q0.05.halt_prob", "was recorded over a VQGAN; bundle 'tiny.karl' is over a VAE")]
    [DataRow("img0.mode.b4.q0.05.logits_lse", "was recorded over a VQGAN; bundle 'tiny.karl' is over a VAE")]
    [DataRow("img0.sample.b4.q0.05.halt_prob", "holds samples of a posterior but no 'noise'")]
    public void Verify_RecordingThatDoesNotFitAVae_SaysSo(string key, string expected) => AssertRefused(new TinyModel(vae: true), key, expected);

    [TestMethod]
    public void Verify_NoiseOfAnotherShape_SaysBothShapes()
    {
        var arrays = Arrays("img0.sample.b4.q0.05.halt_prob");
        arrays.Add("noise", NpyArray.Create<float>(new float[16], 1, 1, 4, 4));
        AssertRefused(new TinyModel(vae: true), arrays, "'noise' is Float32 [1, 1, 4, 4]; float32 [more than 0, 2, 4, 4] was expected");
    }

    [TestMethod]
    public void Verify_EmptyRecording_SaysSo() => AssertRefused(new TinyModel(), [], "is no recording of KARL. It is empty.");

    [TestMethod]
    public void Verify_ImagesOfAnotherSize_SaysBothSizes()
    {
        Write(new TinyModel(), Arrays("img0.b4.q0.05.halt_prob"));
        NpyArray.Create<float>(new float[3 * 16 * 16], 1, 3, 16, 16).Save(_folder["images.npy"]);
        AssertRefused("'images.npy' is Float32 [1, 3, 16, 16]; Float32 [count, 3, 32, 32] was expected");
    }

    [TestMethod]
    public void Verify_BytesAsImages_AreRefused()
    {
        Write(new TinyModel(), Arrays("img0.b4.q0.05.halt_prob"));
        NpyArray.Create<byte>(new byte[3 * 32 * 32], 1, 3, 32, 32).Save(_folder["images.npy"]);
        AssertRefused("'images.npy' is UInt8 [1, 3, 32, 32]");
    }

    [TestMethod]
    public void Verify_DamagedRecording_NamesIt()
    {
        Write(new TinyModel(), Arrays("img0.b4.q0.05.halt_prob"));
        File.WriteAllBytes(_folder["goldens.npz"], File.ReadAllBytes(_folder["goldens.npz"])[..100]);
        AssertRefused("'goldens.npz'");
    }

    [TestMethod]
    public void Verify_NoThreads_IsRefused()
    {
        Write(new TinyModel(), Arrays("img0.b4.q0.05.halt_prob"));
        Assert.ThrowsExactly<ArgumentException>(() => Verifier.Verify(_folder["tiny.karl"], _folder["goldens.npz"], _folder["images.npy"], new VerificationOptions { Threads = 0 }));
    }

    private void AssertRefused(TinyModel model, string key, string expected) => AssertRefused(model, Arrays(key), expected);

    private void AssertRefused(TinyModel model, Dictionary<string, NpyArray> arrays, string expected)
    {
        Write(model, arrays);
        AssertRefused(expected);
    }

    private void AssertRefused(string expected)
    {
        var error = Assert.ThrowsExactly<KarlFormatException>(() => Verifier.Verify(_folder["tiny.karl"], _folder["goldens.npz"], _folder["images.npy"]));
        StringAssert.Contains(error.Message, expected);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static Dictionary<string, NpyArray> Arrays(string key) => new() { [key] = NpyArray.Create<float>([0, 0, 0], 3) };

    private void Write(TinyModel model, Dictionary<string, NpyArray> arrays)
    {
        model.Write(_folder["tiny.karl"]);
        NpyArray.Create<float>(new float[3 * 32 * 32], 1, 3, 32, 32).Save(_folder["images.npy"]);
        SmallRecording.Write(_folder["goldens.npz"], arrays);
    }
}
