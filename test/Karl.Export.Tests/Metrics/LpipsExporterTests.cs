using Karl.Export.Checkpoints;
using Karl.Graphs;
using Karl.Networks;
using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;

namespace Karl.Export.Metrics;

[TestClass]
public sealed class LpipsExporterTests
{
    private static readonly int[] Channels = [4, 6, 8, 6, 5];

    /// <summary>Expected: what PyTorch gives, see lpips_recording.py.</summary>
    [TestMethod]
    [DataRow(LpipsBackbone.AlexNet, 64, 0.7091135382652283, 0.7690342664718628)]
    [DataRow(LpipsBackbone.AlexNet, 47, 0.546511173248291, 0.5012719035148621)]
    [DataRow(LpipsBackbone.Vgg16, 32, 1.0199283361434937, 0.9006390571594238)]
    [DataRow(LpipsBackbone.Vgg16, 35, 0.8370566368103027, 0.7538132071495056)]
    public void Export_WeightsByAFormula_GivesWhatPyTorchGives(LpipsBackbone backbone, int size, double first, double second)
    {
        using TemporaryFolder folder = new();
        var architecture = Export(folder, backbone);
        Assert.AreEqual(backbone, architecture.Backbone);
        CollectionAssert.AreEqual(Channels, architecture.Channels.ToArray());
        var distance = OnnxRun.Run(File.ReadAllBytes(folder["lpips.onnx"]), new Dictionary<string, TensorData>
        {
            ["original"] = Image(1, size),
            ["image"] = Image(2, size),
        })["distance"];
        TensorAssert.AreClose(TensorData.From(new[] { (float)first, (float)second }, 2), distance, 2e-6);
    }

    [TestMethod]
    public void Export_Twice_GivesTheSameBytes()
    {
        using TemporaryFolder folder = new();
        Export(folder, LpipsBackbone.AlexNet);
        var bytes = File.ReadAllBytes(folder["lpips.onnx"]);
        Export(folder, LpipsBackbone.AlexNet);
        CollectionAssert.AreEqual(bytes, File.ReadAllBytes(folder["lpips.onnx"]));
    }

    [TestMethod]
    public void Export_AsAMetric_IsNothingForEqualImagesAndMoreForNoise()
    {
        using TemporaryFolder folder = new();
        Export(folder, LpipsBackbone.AlexNet);
        using var metric = GraphMetric.Load("lpips", folder["lpips.onnx"]);
        var images = Tokenizers.Demonstration.DemonstrationImages.All;
        RgbImage scene = images[3].Draw(64), noise = images[6].Draw(64);
        var results = metric.Compare([scene, scene, scene], [scene, noise, scene]);
        Assert.AreEqual(0, results[0]);
        Assert.AreEqual(0, results[2]);
        Assert.IsGreaterThan(0.1, results[1]);
    }

    [TestMethod]
    public void Export_WhatDoesNotFit_IsRefusedWithAllProblems()
    {
        using TemporaryFolder folder = new();
        Write(folder["network.safetensors"], Features(LpipsBackbone.AlexNet).Where(tensor => tensor.Name != "features.6.bias").Append(Tensor("features.99.weight", 1, 3)));
        Write(folder["linear.safetensors"], Linear());
        var refused = Assert.ThrowsExactly<KarlFormatException>(() => LpipsExporter.Export(folder["network.safetensors"], folder["linear.safetensors"], folder["lpips.onnx"]));
        StringAssert.Contains(refused.Message, "'features.6.bias' [384] is missing");
        StringAssert.Contains(refused.Message, "'features.99.weight' is not part of this architecture");
        refused = Assert.ThrowsExactly<KarlFormatException>(() => LpipsExporter.Export(folder["linear.safetensors"], folder["network.safetensors"], folder["lpips.onnx"]));
        StringAssert.Contains(refused.Message, "neither torchvision's AlexNet nor its VGG16");
        Assert.IsFalse(File.Exists(folder["lpips.onnx"]));
    }

    [TestMethod]
    [DataRow(LpipsBackbone.AlexNet, 2469696)]
    [DataRow(LpipsBackbone.Vgg16, 14714688)]
    public void Describe_APublishedNetwork_HasAsManyWeightsAsTorchvisions(LpipsBackbone backbone, long expected)
    {
        var graph = LpipsNetwork.Describe(LpipsArchitecture.Of(backbone));
        Assert.AreEqual(expected, graph.Parameters.Where(weight => weight.Name.StartsWith("features.", StringComparison.Ordinal)).Sum(weight => weight.Shape.ElementCount.Value));
    }

    private static LpipsArchitecture Export(TemporaryFolder folder, LpipsBackbone backbone)
    {
        Write(folder["network.safetensors"], Features(backbone).Append(Tensor("classifier.1.weight", 1, 7)));
        Write(folder["linear.safetensors"], Linear());
        return LpipsExporter.Export(folder["network.safetensors"], folder["linear.safetensors"], folder["lpips.onnx"]);
    }

    private static IEnumerable<SafetensorsTensor> Features(LpipsBackbone backbone)
    {
        var last = 3;
        var number = 0;
        int[] layers = backbone == LpipsBackbone.AlexNet ? [0, 3, 6, 8, 10] : [0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28];
        int[] blocks = backbone == LpipsBackbone.AlexNet ? [0, 1, 2, 3, 4] : [0, 0, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4];
        foreach (var (layer, block) in layers.Zip(blocks))
        {
            int count = Channels[block], kernel = backbone == LpipsBackbone.Vgg16 ? 3 : number switch { 0 => 11, 1 => 5, _ => 3 };
            yield return Tensor($"features.{layer}.weight", 10 + number, 0.5, 0, count, last, kernel, kernel);
            yield return Tensor($"features.{layer}.bias", 30 + number, 0.5, 0, count);
            (last, number) = (count, number + 1);
        }
    }

    private static IEnumerable<SafetensorsTensor> Linear() => Channels.Select((count, map) => Tensor($"lin{map}.model.1.weight", 50 + map, 1, 0.5f, 1, count, 1, 1));

    private static SafetensorsTensor Tensor(string name, int seed, int count) => Tensor(name, seed, 1, 0, count);

    private static SafetensorsTensor Tensor(string name, int seed, double scale, float added, params long[] shape) =>
        SafetensorsTensor.FromSingles(name, shape, () => Values(seed, shape, scale, added));

    private static TensorData Image(int seed, int size) => TensorData.From(Values(seed, [2, 3, size, size], 1, 0.5f), 2, 3, size, size);

    /// <summary>The formula of lpips_recording.py.</summary>
    private static float[] Values(int seed, long[] shape, double scale, float added) =>
        [.. Enumerable.Range(0, (int)shape.Aggregate((one, other) => one * other)).Select(index => (float)((((((long)index * 7919) + (seed * 104729L)) % 1000 / 1000.0) - 0.5) * scale) + added)];

    private static void Write(string path, IEnumerable<SafetensorsTensor> tensors) => SafetensorsWriter.Write(path, tensors);
}
