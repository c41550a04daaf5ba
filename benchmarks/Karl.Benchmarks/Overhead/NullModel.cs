using Karl.Graphs;
using Karl.Graphs.Onnx;
using Karl.Tokenizers.Bundles;

namespace Karl.Benchmarks.Overhead;

/// <summary>
/// A bundle that takes and gives what a real one does, but computes next to nothing: with it, all that the library does around the model
/// can be measured without the model. Every token is kept, so there is as much to do as there can be.
/// </summary>
internal static class NullModel
{
    private const int MaximumCode = 16;

    /// <summary>As in the published VAE.</summary>
    private const int NoiseChannels = 16;

    /// <summary>Writes the bundle.</summary>
    /// <param name="path">Where.</param>
    /// <param name="manifest">Of the real model, whose sizes it takes.</param>
    public static void Write(string path, BundleManifest manifest) => BundleWriter.Write(
        path,
        manifest,
        [
            new BundlePartSource(Bundle.EncoderPart, stream => OnnxWriter.Write(Encoder(manifest), stream)),
            new BundlePartSource(Bundle.DecoderPart, stream => OnnxWriter.Write(Encoder(manifest), stream)),
        ]);

    /// <summary>The encoder: codes or latents that hang on one pixel, and halting probabilities of zero.</summary>
    public static Graph Encoder(BundleManifest manifest)
    {
        Graph graph = new("null-encoder");
        Tensor image = graph.Input("image", ElementType.Float32, "batch", 3, manifest.ImageSize, manifest.ImageSize);
        graph.Input("epsilon", ElementType.Float32, "batch");
        Tensor budget = graph.Input("budget", ElementType.Int64, 1);
        if (manifest.Base == "vae")
        {
            graph.Input("noise", ElementType.Float32, "batch", NoiseChannels, manifest.GridSize, manifest.GridSize);
        }

        float[] numbers = [.. Enumerable.Range(0, manifest.MaximumBudget).Select(index => (float)(index % MaximumCode))];
        Tensor rows = graph.Parameter("rows", TensorData.From(numbers, 1, numbers.Length)).First(1, budget);
        Tensor pixel = image.Slice(1, 0, 1).Slice(2, 0, 1).Slice(3, 0, 1).Reshape("batch", 1);
        Tensor values = pixel.Clip(0, 1).Floor() + rows;                                        // [batch, budget]
        if (manifest.Quantized)
        {
            graph.Output("codes", values.Cast(ElementType.Int64));
        }
        else
        {
            graph.Output("latents", values.Unsqueeze(2).Expand("batch", "budget", manifest.LatentWidth));
        }

        graph.Output("halting_probabilities", values * 0);
        return graph;
    }
}
