using System.Text;
using Karl.Testing;
using Karl.Tokenizers.Arrays;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.TokenFiles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.Tests.TokenFiles;

[TestClass]
public sealed class TokenArrayFileTests
{
    private static readonly TokenizeOptions Options = new() { Budget = 4 };

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Complete_LinesOfTwoSittings_GivesTheDocumentedArrays(bool quantized)
    {
        using TemporaryFolder folder = new();
        BundleManifest manifest = ManifestOf(folder, quantized);
        string path = folder["x.npz"];
        TokenLine[] lines = [Line(manifest, "a\u00e4.png", 0, 2), Error("broken.png"), Line(manifest, "none.png"), Line(manifest, "b.png", 1, 2, 3)];
        using (TokenArrayFile first = TokenArrayFile.OpenOrCreate(path, manifest, Options))
        {
            Array.ForEach(lines[..2], first.Append);
        }

        Assert.IsFalse(File.Exists(path), "nothing under the name before the work is finished");
        using (TokenArrayFile second = TokenArrayFile.OpenOrCreate(path, manifest, Options))
        {
            Assert.AreEqual(2, second.EarlierLines);
            Assert.AreEqual(1, second.EarlierErrors);
            Assert.IsTrue(second.Contains("broken.png"));
            Assert.IsFalse(second.Contains("b.png"));
            Array.ForEach(lines[2..], second.Append);
            second.Complete();
        }

        CollectionAssert.AreEqual(new[] { path }, Directory.GetFiles(folder.FullPath, "x.npz*"), "the lines are gone");
        using NpzArchive arrays = NpzArchive.Open(path);
        CollectionAssert.AreEqual(new[] { "a\u00e4.png", "none.png", "b.png" }, Texts(arrays, "paths", "path_offsets"));
        CollectionAssert.AreEqual(new[] { "broken.png" }, Texts(arrays, "error_paths", "error_path_offsets"));
        CollectionAssert.AreEqual(new[] { "why" }, Texts(arrays, "errors", "error_offsets"));
        CollectionAssert.AreEqual(new long[] { 0, 2, 2, 5 }, arrays["offsets"].ToInt64());
        CollectionAssert.AreEqual(new[] { 0, 2, 1, 2, 3 }, arrays["positions"].AsSpan<int>().ToArray());
        CollectionAssert.AreEqual(new long[] { 3, 4 }, arrays["halting_probabilities"].Shape.ToArray());
        Assert.AreEqual(0.5f, arrays["halting_probabilities"].AsSpan<float>()[9]);
        CollectionAssert.AreEqual(new double[] { 1.5, 1.5, 1.5 }, arrays["milliseconds"].AsSpan<double>().ToArray());
        Assert.AreEqual(lines[3].Tokens!.Bits, arrays["bits"].AsSpan<double>()[2]);
        Assert.AreEqual(0.05f, arrays["epsilon"].AsSpan<float>()[0]);
        Assert.AreEqual(4, arrays["budget"].AsSpan<int>()[0]);
        Assert.IsEmpty(arrays["budget"].Shape);
        Assert.AreEqual(TokenFileSettings.ModelOf(manifest), Encoding.UTF8.GetString(arrays["model"].AsSpan<byte>()));
        Assert.AreEqual(quantized, arrays.Contains("codes"));
        Assert.AreEqual(quantized, arrays.Contains("codebook"));
        if (quantized)
        {
            CollectionAssert.AreEqual(new[] { 10, 12, 11, 12, 13 }, arrays["codes"].AsSpan<int>().ToArray());
        }
        else
        {
            CollectionAssert.AreEqual(new long[] { 5, TinyModel.LatentWidth }, arrays["latents"].Shape.ToArray());
            CollectionAssert.AreEqual(lines[3].Tokens!.Latents.ToArray(), arrays["latents"].ToFloat32()[(2 * TinyModel.LatentWidth)..]);
        }
    }

    [TestMethod]
    public void Complete_NothingButErrors_GivesEmptyArrays()
    {
        using TemporaryFolder folder = new();
        BundleManifest manifest = ManifestOf(folder, quantized: true);
        using (TokenArrayFile file = TokenArrayFile.OpenOrCreate(folder["x.npz"], manifest, Options))
        {
            file.Append(Error("a"));
            file.Complete();
        }

        using NpzArchive arrays = NpzArchive.Open(folder["x.npz"]);
        Assert.AreEqual(0, arrays["codes"].Count);
        CollectionAssert.AreEqual(new long[] { 0 }, arrays["offsets"].ToInt64());
        CollectionAssert.AreEqual(new[] { "a" }, Texts(arrays, "error_paths", "error_path_offsets"));
    }

    [TestMethod]
    public void OpenOrCreate_FinishedFileOrOtherSettings_IsRefusedAndLeftAlone()
    {
        using TemporaryFolder folder = new();
        BundleManifest manifest = ManifestOf(folder, quantized: true);
        File.WriteAllText(folder["x.npz"], "mine");
        StringAssert.Contains(Assert.ThrowsExactly<IOException>(() => TokenArrayFile.OpenOrCreate(folder["x.npz"], manifest, Options)).Message, "is there already");
        Assert.AreEqual("mine", File.ReadAllText(folder["x.npz"]));
        using (TokenArrayFile file = TokenArrayFile.OpenOrCreate(folder["y.npz"], manifest, Options))
        {
            file.Append(Line(manifest, "a", 1));
        }

        Assert.ThrowsExactly<KarlFormatException>(() => TokenArrayFile.OpenOrCreate(folder["y.npz"], manifest, Options with { Budget = 5 }));
    }

    private static BundleManifest ManifestOf(TemporaryFolder folder, bool quantized)
    {
        new TinyModel(quantized).Write(folder["tiny.karl"]);
        using Bundle bundle = Bundle.Open(folder["tiny.karl"]);
        return bundle.Manifest;
    }

    private static TokenLine Line(BundleManifest manifest, string path, params int[] positions)
    {
        float[] halting = [0, 0.5f, 0, 0];
        TokenSequence tokens = manifest.Quantized
            ? TokenSequence.FromCodes(positions, [.. positions.Select(position => position + 10)], TinyModel.CodebookSize, 4, 0.05f, halting)
            : TokenSequence.FromLatents(positions, [.. Enumerable.Range(0, positions.Length * TinyModel.LatentWidth).Select(index => MathF.Sin(index + 1))], TinyModel.LatentWidth, 4, 0.05f, halting);
        return new TokenLine(path, tokens, null, TokenFileSettings.ModelOf(manifest), 1.5);
    }

    private static TokenLine Error(string path) => new(path, null, "why", null, 0);

    private static string[] Texts(NpzArchive arrays, string key, string offsetsKey)
    {
        byte[] bytes = arrays[key].AsSpan<byte>().ToArray();
        int[] offsets = [.. arrays[offsetsKey].ToInt64().Select(offset => (int)offset)];
        return [.. offsets.Zip(offsets.Skip(1), (from, to) => Encoding.UTF8.GetString(bytes[from..to]))];
    }
}
