using Karl.Export.Checkpoints;
using Karl.Networks;
using Karl.Tokenizers;
using Karl.Tokenizers.Arrays;

namespace Karl.Export.Architectures;

[TestClass]
public sealed class ArchitectureMetadataTests
{
    private const string Key = "karl.architecture";

    [TestMethod]
    public void Write_ThenRead_SaysTheSame()
    {
        var architecture = new KarlArchitecture(new VaeArchitecture { LatentScale = 1 }, new(64, 2, 4), new(32, 3, 2)) { ImageSize = 64, Quantized = false };
        using var checkpoint = Stored(ArchitectureMetadata.Write(architecture));
        var hint = ArchitectureMetadata.Read(checkpoint)!;
        Assert.AreEqual((architecture.Encoder, architecture.Decoder, "vae", false, 64, 1f), (hint.Encoder, hint.Decoder, hint.Base, hint.Quantized, hint.ImageSize, hint.LatentScale));
    }

    [TestMethod]
    public void Write_OneDPiece_ThenRead_SaysWhatNoShapeSays()
    {
        var architecture = new OneDPieceArchitecture(new VaeArchitecture(), new(64, 2, 4), new(32, 3, 2)) { HasFixedLength = true, MixesLatents = false };
        using var checkpoint = Stored(ArchitectureMetadata.Write(architecture, defaultEpsilon: 0.12f));
        var hint = ArchitectureMetadata.Read(checkpoint)!;
        Assert.AreEqual((true, false, 0.12f), (hint.HasFixedLength, hint.MixesLatents, hint.DefaultEpsilon));
    }

    [TestMethod]
    public void Read_NothingSaid_IsNull()
    {
        using var checkpoint = Stored(new Dictionary<string, string>());
        Assert.IsNull(ArchitectureMetadata.Read(checkpoint));
    }

    [TestMethod]
    [DataRow("{}", "encoder")]
    [DataRow("""{"base":"vae","encoder":{"width":1,"layers":1,"heads":1},"decoder":{"width":1,"layers":1,"heads":1},"quantized":true,"imageSize":100000}""", "imageSize is 100000")]
    [DataRow("""{"base":"vae","encoder":{"width":1,"layers":1,"heads":1},"decoder":{"width":1,"layers":1,"heads":1},"quantized":true,"imageSize":64,"latentScale":-1}""", "latentScale is -1")]
    [DataRow("""{"base":"vae","encoder":{"width":1,"layers":1,"heads":1},"decoder":{"width":1,"layers":1,"heads":1},"quantized":true,"imageSize":64,"more":1}""", "more")]
    public void Read_WhatCannotBe_IsRefusedByName(string text, string expected)
    {
        using var checkpoint = Stored(new Dictionary<string, string> { [Key] = text });
        var error = Assert.ThrowsExactly<KarlFormatException>(() => ArchitectureMetadata.Read(checkpoint));
        StringAssert.Contains(error.Message, Key);
        StringAssert.Contains(error.Message, expected);
    }

    private static Checkpoint Stored(IReadOnlyDictionary<string, string> metadata)
    {
        using MemoryStream stream = new();
        SafetensorsWriter.Write(stream, [new SafetensorsTensor("latent_tokens", ArrayElementType.Float32, [1, 1], () => new byte[4])], metadata);
        return Checkpoint.Parse(stream.ToArray(), "model.safetensors");
    }
}
