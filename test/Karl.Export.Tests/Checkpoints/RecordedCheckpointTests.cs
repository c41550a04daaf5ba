using System.Text.Json;
using Karl.Testing;
using Karl.Tokenizers.Arrays;

namespace Karl.Export.Checkpoints;

[TestClass]
public sealed class RecordedCheckpointTests
{
    [TestMethod]
    [DataRow("karl-vqgan-quantized")]
    [DataRow("karl-vae-continuous")]
    [DataRow("alit-vqgan-quantized")]
    public void Open_RecordedCheckpoint_HasTheRecordedNamesAndShapes(string folder)
    {
        using Checkpoint checkpoint = Checkpoint.Open(SharedFiles.Require("reference", folder, "checkpoint.pth"));
        StateDict weights = checkpoint.Weights("ema");
        AssertShapes(folder, weights);
        Assert.AreEqual(CheckpointFormat.PyTorch, checkpoint.Format);
        Assert.IsTrue(checkpoint.Entries.Single(entry => entry.Name == "model").IsStateDict);
        foreach (CheckpointTensor tensor in weights.Where(tensor => tensor.Type == ArrayElementType.Float32))
        {
            Assert.IsTrue(tensor.ReadFloat32().All(float.IsFinite), tensor.Name);
        }
    }

    [TestMethod]
    public void Weights_RecordedCheckpoint_PrefersEmaWhichDiffersWhereRecorded()
    {
        using Checkpoint checkpoint = Checkpoint.Open(SharedFiles.Require("reference", "karl-vqgan-quantized", "checkpoint.pth"));
        StateDict ema = checkpoint.Weights();
        StateDict model = checkpoint.Weights("model");
        using JsonDocument meta = ReadMeta("karl-vqgan-quantized");
        string[] expected = [.. meta.RootElement.GetProperty("perturbed_in_model_dict").EnumerateArray().Select(name => name.GetString()!).Order()];
        string[] different = [.. ema.Where(tensor => !tensor.ReadBytes().SequenceEqual(model[tensor.Name].ReadBytes())).Select(tensor => tensor.Name).Order()];
        CollectionAssert.AreEqual(expected, different);
        Assert.AreEqual("True", checkpoint.Arguments.Single(argument => argument.Name == "quantize_latent").Value);
    }

    [TestMethod]
    public void Open_OneDPiece_SafetensorsAndBinHoldTheSame()
    {
        using Checkpoint safetensors = Checkpoint.Open(SharedFiles.Require("reference", "one-d-piece", "model.safetensors"));
        using Checkpoint bin = Checkpoint.Open(SharedFiles.Require("reference", "one-d-piece", "pytorch_model.bin"));
        Assert.AreEqual(CheckpointFormat.Safetensors, safetensors.Format);
        AssertShapes("one-d-piece", safetensors.Weights());
        AssertShapes("one-d-piece", bin.Weights());
        foreach (CheckpointTensor tensor in bin.Weights())
        {
            CollectionAssert.AreEqual(tensor.ReadBytes(), safetensors.Weights()[tensor.Name].ReadBytes(), tensor.Name);
        }
    }

    private static void AssertShapes(string folder, StateDict weights)
    {
        using JsonDocument meta = ReadMeta(folder);
        foreach (JsonProperty expected in meta.RootElement.GetProperty("state_dict_shapes").EnumerateObject())
        {
            long[] shape = [.. expected.Value.EnumerateArray().Select(length => length.GetInt64())];
            CollectionAssert.AreEqual(shape, weights[expected.Name].Shape.ToArray(), expected.Name);
        }
    }

    private static JsonDocument ReadMeta(string folder) => JsonDocument.Parse(File.ReadAllText(SharedFiles.Require("reference", folder, "meta.json")));
}
