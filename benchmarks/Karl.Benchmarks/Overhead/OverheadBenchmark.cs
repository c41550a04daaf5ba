using Karl.Benchmarks.Measuring;
using Karl.Graphs;
using Karl.Graphs.Onnx;
using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.TokenFiles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Benchmarks.Overhead;

/// <summary>What each image takes, by where it goes.</summary>
/// <param name="Model">ONNX Runtime alone, on the real encoder.</param>
/// <param name="Decoding">Reading and decoding the file.</param>
/// <param name="Library">All else: resizing, batches, threads, halting policy, sequences, lines of JSON.</param>
/// <param name="Bulk">The whole, with the real encoder.</param>
internal sealed record OverheadResult(Effort Model, Effort Decoding, Effort Library, Effort Bulk)
{
    /// <summary>The library's part of all processor time, 0 to 1.</summary>
    public double LibraryShare => Library.Processor / (Model.Processor + Decoding.Processor + Library.Processor);
}

/// <summary>
/// Measures bulk tokenizing around the model. The real encoder takes so long that its noise would drown the rest, so the rest is measured
/// with a <see cref="NullModel"/>: bulk work, less decoding the same files, less bare runs of the null model.
/// </summary>
internal sealed class OverheadBenchmark : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ImageTokenizerOptions _options;
    private readonly Bundle _bundle;
    private readonly string[] _paths;
    private readonly int _runs;

    /// <summary>Makes images.</summary>
    /// <param name="bundle">The real model.</param>
    /// <param name="images">How many files.</param>
    /// <param name="batchSize">Most images in one run.</param>
    /// <param name="threads">Threads of one run; null is ONNX Runtime's choice.</param>
    /// <param name="runs">How often everything is repeated.</param>
    public OverheadBenchmark(Bundle bundle, int images, int batchSize, int? threads, int runs)
    {
        _bundle = bundle;
        _runs = runs;

        // Threads that wait actively would count as work.
        _options = new ImageTokenizerOptions { BatchSize = batchSize, Threads = threads, AllowSpinning = false, Parts = TokenizerParts.Encoder };
        _paths = [.. Enumerable.Range(0, images).Select(index => _folder[$"{index}.jpg"])];
        for (int index = 0; index < images; index++)
        {
            ImageWriter.Write(SyntheticImages.Picture(1024, 768, seed: index), _paths[index]);
        }
    }

    /// <summary>Measures.</summary>
    /// <param name="modelImages">How many of the files the real encoder gets.</param>
    /// <param name="progress">Told what is being measured.</param>
    public OverheadResult Run(int modelImages, Action<string> progress)
    {
        progress($"decoding and the null model, {_paths.Length} images");
        string nullPath = _folder["null.karl"];
        NullModel.Write(nullPath, _bundle.Manifest);
        using ImageTokenizer nullTokenizer = ImageTokenizer.Load(nullPath, _options);
        using LoadedGraph nullGraph = LoadedGraph.Load(NullModel.Encoder(_bundle.Manifest), _options.Threads, _options.AllowSpinning);
        using BareRuns nullRuns = new(nullGraph, _bundle.Manifest.DefaultBudget, _paths.Length, _options.BatchSize);
        ImageDecoder decoder = new();
        Effort[] efforts = ByTurns(
            () => Tokenize(nullTokenizer, _paths),
            () => Array.ForEach(_paths, path => decoder.Decode(path)),
            nullRuns.Run);
        Effort decoding = efforts[1] / _paths.Length;
        Effort library = (efforts[0] - efforts[1] - efforts[2]) / _paths.Length;

        progress($"the real encoder, {modelImages} images");
        string[] paths = [.. _paths.Take(modelImages)];
        using ImageTokenizer tokenizer = ImageTokenizer.Load(_bundle, _options);
        using LoadedGraph graph = LoadEncoder();
        using BareRuns bareRuns = new(graph, _bundle.Manifest.DefaultBudget, paths.Length, _options.BatchSize);
        efforts = ByTurns(() => Tokenize(tokenizer, paths), bareRuns.Run);
        return new OverheadResult(efforts[1] / paths.Length, decoding, library, efforts[0] / paths.Length);
    }

    public void Dispose() => _folder.Dispose();

    private LoadedGraph LoadEncoder()
    {
        Graph encoder = OnnxReader.Read(_bundle.ReadPart(Bundle.EncoderPart)).Graph;
        string tokens = _bundle.Manifest.Quantized ? "codes" : "latents";
        return LoadedGraph.Load(encoder.Subgraph(encoder.Inputs.Select(input => input.Name), [tokens, "halting_probabilities"]), _options.Threads, _options.AllowSpinning);
    }

    /// <summary>Each once without counting, then all by turns.</summary>
    private Effort[] ByTurns(params Action[] works)
    {
        Array.ForEach(works, work => work());
        List<Effort[]> rounds = [.. Enumerable.Range(0, _runs).Select(_ => works.Select(Effort.Of).ToArray())];
        return [.. works.Select((_, index) => Effort.Median(rounds.Select(round => round[index])))];
    }

    private void Tokenize(ImageTokenizer tokenizer, string[] paths)
    {
        string output = _folder["tokens.jsonl"];
        File.Delete(output);
        TokenizeOptions options = new();
        TokenFileSettings settings = TokenFileSettings.Of(tokenizer.Manifest, options);
        using TokenLineFile file = TokenLineFile.OpenOrCreate(output, settings);
        foreach (TokenizedImage image in tokenizer.EncodeFilesAsync(paths, options).ToBlockingEnumerable())
        {
            file.Append(image.Error is null ? TokenLine.From(image, settings) : throw image.Error);
        }
    }
}
