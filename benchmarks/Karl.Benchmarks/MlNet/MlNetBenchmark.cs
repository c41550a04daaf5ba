using System.Diagnostics;
using Karl.Benchmarks.Measuring;
using Karl.Benchmarks.Stages;
using Karl.Graphs.Onnx;
using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Imaging;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Karl;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Transforms.Onnx;

namespace Karl.Benchmarks.MlNet;

/// <summary>The same pixels, in memory, through the same encoder in three ways; what is read of each row is its halting probabilities.</summary>
internal sealed class MlNetBenchmark : IDisposable
{
    public const string Transform = "KarlTokenize, in batches";
    private const string OnnxModel = "ApplyOnnxModel";
    private const string Tokenizer = "ImageTokenizer itself, in batches";
    private const string Halting = "halting_probabilities";
    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _context = new();
    private readonly Row[] _rows;
    private readonly int _batchSize;
    private readonly KarlTokenizingTransformer _transformer;
    private readonly OnnxTransformer _onnx;
    private readonly ImageTokenizer _tokenizer;
    private readonly ReferenceWork _product = ReferenceWork.MatrixProduct(Environment.ProcessorCount);

    public MlNetBenchmark(string path, Bundle bundle, int images, int batchSize)
    {
        ImagePreprocessor preprocessor = new(new ImagePreprocessorOptions { Size = bundle.Manifest.ImageSize });
        byte[] encoder = bundle.ReadPart(Bundle.EncoderPart);
        Flops = FlopCounter.Count(OnnxReader.Read(encoder).Graph).Evaluate(new Dictionary<string, long> { ["batch"] = 1, ["budget"] = bundle.Manifest.DefaultBudget });
        int[] noise = NoiseShape(encoder, bundle.Manifest);
        _rows = [.. Enumerable.Range(0, images).Select(index => Row.Of(preprocessor, index, bundle.Manifest, noise))];
        IDataView rows = Rows();
        File.WriteAllBytes(_folder["encoder.onnx"], encoder);
        _transformer = _context.Transforms.KarlTokenize(null, "image", new KarlTokenizeOptions { Model = path, BatchSize = batchSize, HaltingColumnName = Halting }).Fit(rows);
        Dictionary<string, int[]> shapes = new()
        {
            ["image"] = [1, 3, bundle.Manifest.ImageSize, bundle.Manifest.ImageSize],
            ["epsilon"] = [1],
            ["budget"] = [1],
            [Halting] = [1, bundle.Manifest.DefaultBudget],
        };
        string[] inputs = ["image", "epsilon", "budget"];
        if (noise.Length > 0)
        {
            shapes["noise"] = noise;
            inputs = [.. inputs, "noise"];
        }

        _onnx = _context.Transforms.ApplyOnnxModel([Halting], inputs, _folder["encoder.onnx"], shapes, recursionLimit: 100).Fit(rows);
        _batchSize = batchSize;
        _tokenizer = ImageTokenizer.Load(bundle, new ImageTokenizerOptions { BatchSize = batchSize, Parts = TokenizerParts.Encoder });
    }

    public Contestant[] Contestants =>
    [
        new(Transform, () => Timed(() => Read(_transformer.Transform(Rows())))),
        new(OnnxModel, () => Timed(() => Read(_onnx.Transform(Rows())))),
        new(Tokenizer, () => Timed(Direct)),
        _product.Contestant,
    ];

    /// <summary>Floating-point operations of the encoder for one row.</summary>
    public long Flops { get; }

    /// <summary>The plain work of <see cref="Contestants"/>: as fast as this processor gets.</summary>
    public ReferenceWork Product => _product;

    /// <summary>How far the two pipelines' answers are apart.</summary>
    public string Compare()
    {
        double largest = Read(_transformer.Transform(Rows())).Zip(Read(_onnx.Transform(Rows())), (own, theirs) => own.Zip(theirs, (left, right) => Math.Abs(left - right)).Max()).Max();
        return FormattableString.Invariant($"Largest difference of a halting probability between the pipelines: {largest:0.0e+0}.");
    }

    public void Dispose()
    {
        _transformer.Dispose();
        _onnx.Dispose();
        _tokenizer.Dispose();
        _product.Dispose();
        _folder.Dispose();
    }

    private IDataView Rows() => _context.Data.LoadFromEnumerable(_rows, Row.Schema(_rows[0].Image.Length, _rows[0].Noise.Length));

    private static float[][] Read(IDataView view) => [.. view.GetColumn<float[]>(Halting)];

    /// <summary>Pixels gathered batch by batch, which is how the tokenizer is called by somebody who has pixels.</summary>
    private void Direct()
    {
        int size = _rows[0].Image.Length, batchSize = Math.Min(_batchSize, _rows.Length);
        float[] pixels = new float[batchSize * size];
        foreach (Row[] batch in _rows.Chunk(batchSize))
        {
            for (int index = 0; index < batch.Length; index++)
            {
                batch[index].Image.CopyTo(pixels.AsSpan(index * size));
            }

            _tokenizer.Encode(pixels.AsMemory(0, batch.Length * size));
        }
    }

    private static double Timed(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Shape of the noise that encoders over a VAE take, of which all zeros give the posterior's mean; empty for others.</summary>
    private static int[] NoiseShape(byte[] encoder, BundleManifest manifest)
    {
        using InferenceSession session = new(encoder);
        return session.InputMetadata.TryGetValue("noise", out NodeMetadata? noise) ? [1, noise.Dimensions[1], manifest.GridSize, manifest.GridSize] : [];
    }

    private sealed class Row
    {
        [ColumnName("image")]
        public float[] Image { get; set; } = [];

        [ColumnName("epsilon")]
        [VectorType(1)]
        public float[] Epsilon { get; set; } = [];

        [ColumnName("budget")]
        [VectorType(1)]
        public long[] Budget { get; set; } = [];

        [ColumnName("noise")]
        public float[] Noise { get; set; } = [];

        public static Row Of(ImagePreprocessor preprocessor, int seed, BundleManifest manifest, int[] noise)
        {
            Row row = new()
            {
                Image = new float[preprocessor.ValueCount],
                Epsilon = [manifest.DefaultEpsilon],
                Budget = [manifest.DefaultBudget],
                Noise = new float[Math.Max(1, noise.Aggregate(1, (product, side) => product * side))],
            };
            preprocessor.Process(SyntheticImages.Picture(640, 480, seed), row.Image.AsSpan());
            return row;
        }

        /// <summary>The sizes of image and noise are known when the program runs.</summary>
        public static SchemaDefinition Schema(int imageLength, int noiseLength)
        {
            SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
            schema["image"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, imageLength);
            schema["noise"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, noiseLength);
            return schema;
        }
    }
}
