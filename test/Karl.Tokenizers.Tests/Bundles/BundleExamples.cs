using System.Text;
using System.Text.Json.Nodes;
using Karl.Testing;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Families;

namespace Karl.Tokenizers.Tests.Bundles;

/// <summary>Manifests and bundles for tests of the container alone; their graphs are not graphs.</summary>
internal static class BundleExamples
{
    public static readonly byte[] EncoderBytes = Encoding.ASCII.GetBytes("not really an encoder");
    public static readonly byte[] DecoderBytes = [.. Enumerable.Range(0, 5000).Select(index => (byte)(index * 7))];

    public static BundleManifest Manifest { get; } = new()
    {
        FormatVersion = BundleManifest.SupportedFormatVersion,
        Family = FamilyNames.Karl,
        Base = "vqgan",
        Quantized = true,
        Preset = "small",
        ImageSize = 256,
        GridSize = 16,
        ImageTokens = 256,
        MaximumBudget = 512,
        DefaultBudget = 256,
        DefaultEpsilon = 0.05f,
        LatentWidth = 12,
        CodebookSize = 4096,
        ErrorBins = [0.005f, 0.01f, 0.38f],
        HaltingThreshold = 0.75f,
        InputRange = [0, 1],
        Storage = "float32",
        Parts = [],
        Encoder = new BundleTransformer(512, 8, 8),
        Decoder = new BundleTransformer(512, 8, 8),
        Source = new BundleSource("checkpoint.pth", new string('a', 64), "ema"),
    };

    public static BundlePartSource[] Parts =>
        [BundlePartSource.FromBytes(Bundle.EncoderPart, EncoderBytes), BundlePartSource.FromBytes(Bundle.DecoderPart, DecoderBytes)];

    /// <summary>The bytes of the example bundle.</summary>
    public static byte[] Write(BundleManifest? manifest = null)
    {
        using TemporaryFolder folder = new();
        BundleWriter.Write(folder["x.karl"], manifest ?? Manifest, Parts);
        return File.ReadAllBytes(folder["x.karl"]);
    }

    public static Bundle Open(byte[] bytes) => Bundle.Open(new MemoryStream(bytes), "x.karl");

    /// <summary>The example bundle with its manifest edited, packed again by another zip library.</summary>
    public static byte[] WithManifest(Action<JsonObject> edit)
    {
        string name = "manifest.json";
        MemoryStream stream = new();
        using (System.IO.Compression.ZipArchive source = new(new MemoryStream(Write())))
        using (System.IO.Compression.ZipArchive target = new(stream, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (System.IO.Compression.ZipArchiveEntry entry in source.Entries)
            {
                using MemoryStream content = new();
                using (Stream from = entry.Open())
                {
                    from.CopyTo(content);
                }

                byte[] bytes = content.ToArray();
                if (entry.FullName == name)
                {
                    JsonObject json = JsonNode.Parse(bytes)!.AsObject();
                    edit(json);
                    bytes = Encoding.UTF8.GetBytes(json.ToJsonString());
                }

                using Stream to = target.CreateEntry(entry.FullName, System.IO.Compression.CompressionLevel.NoCompression).Open();
                to.Write(bytes);
            }
        }

        return stream.ToArray();
    }
}
