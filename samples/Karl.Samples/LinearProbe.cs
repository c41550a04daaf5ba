using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Karl;

namespace Karl.Samples;

/// <summary>
/// Linear probes on tokens, and on raw pixels beside them: a folder with <c>train</c> and <c>test</c> in it, and in each a folder a class.
/// For each budget all its tokens are kept, so that they are as many for every image; a thumbnail of about as many numbers is the baseline of equal length.
/// The last tokens are those that the model keeps by itself. KARL's probe is the same for all features, ML.NET's trainers are as they come.
/// What it prints is a table in Markdown. With 12,000 images of CIFAR-10 it begins with
/// <code>
/// 10000 images to train on, 2000 to test on
/// | features | numbers | tokens kept | KARL probe | LbfgsMaximumEntropy | SdcaMaximumEntropy |
/// |---|--:|--:|--:|--:|--:|
/// | raw pixels, 32 x 32 | 3072 |  | 39.0 % | 32.6 % | 35.8 % |
/// </code>
/// and goes on as in docs/mlnet.md.
/// </summary>
internal static class LinearProbe
{
    private const int RawSize = 32;
    private const float Regularization = 0.1f;

    public static void Run(string? model, string folder, int[] budgets)
    {
        MLContext context = new(seed: 1);
        Data data = new(context, ImageFile.In(Path.Combine(folder, "train")), ImageFile.In(Path.Combine(folder, "test")));
        Console.WriteLine($"{data.TrainCount} images to train on, {data.TestCount} to test on");
        Console.WriteLine("| features | numbers | tokens kept | KARL probe | LbfgsMaximumEntropy | SdcaMaximumEntropy |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|");
        Report(context, data, $"raw pixels, {RawSize} x {RawSize}", Pixels(context, RawSize), null);
        HashSet<int> thumbnails = [];
        KarlTokenizeOptions adaptive = new() { Model = model, CountColumnName = "Count", BatchSize = 16 };
        foreach (KarlTokenizeOptions options in budgets.Select(budget => adaptive with { Budget = budget, HaltingThreshold = 1 }).Append(adaptive))
        {
            foreach (KarlPooling pooling in new[] { KarlPooling.MaskedMeanAndProducts, KarlPooling.PaddedTokensAndProducts })
            {
                string name = options.Budget is int budget ? $"{pooling}, {budget} tokens" : $"{pooling}, as many tokens as an image needs";
                int length = Report(context, data, name, context.Transforms.KarlTokenize("Features", "Path", options with { Pooling = pooling }), "Count");
                int side = Math.Clamp((int)Math.Round(Math.Sqrt(length / 3.0)), 1, RawSize);
                if (thumbnails.Add(side))
                {
                    Report(context, data, $"thumbnail, {side} x {side}", Pixels(context, side), null);
                }
            }
        }
    }

    private static EstimatorChain<ITransformer> Pixels(MLContext context, int size) => new EstimatorChain<ITransformer>()
        .Append(context.Transforms.LoadImages("Image", null, "Path"))
        .Append(context.Transforms.ResizeImages("Image", size, size, "Image"))
        .Append((IEstimator<ITransformer>)context.Transforms.ExtractPixels("Features", "Image"));

    /// <summary>Computes the features once, trains three probes on them and prints a line; gives how many numbers the features are.</summary>
    private static int Report(MLContext context, Data data, string name, IEstimator<ITransformer> features, string? countColumn)
    {
        ITransformer transformer = features.Fit(data.Train);
        using IDisposable? disposing = transformer as IDisposable;
        IDataView train = context.Data.Cache(transformer.Transform(data.Train)), test = context.Data.Cache(transformer.Transform(data.Test));
        ITransformer normalizing = context.Transforms.NormalizeMeanVariance("Features", fixZero: false).Fit(train);
        IDataView normalized = context.Data.Cache(normalizing.Transform(train)), normalizedTest = context.Data.Cache(normalizing.Transform(test));
        int length = ((VectorDataViewType)train.Schema["Features"].Type).Size;
        string kept = countColumn is null ? string.Empty : test.GetColumn<float>(countColumn).Average().ToString("0.0", CultureInfo.InvariantCulture);
        string own = Accuracy(context, context.MulticlassClassification.Trainers.KarlLinearProbe(options: new() { L2Regularization = Regularization }), train, test);
        string lbfgs = Accuracy(context, context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(), normalized, normalizedTest);
        string sdca = Accuracy(context, context.MulticlassClassification.Trainers.SdcaMaximumEntropy(maximumNumberOfIterations: 50), normalized, normalizedTest);
        Console.WriteLine($"| {name} | {length} | {kept} | {own} | {lbfgs} | {sdca} |");
        return length;
    }

    private static string Accuracy(MLContext context, IEstimator<ITransformer> trainer, IDataView train, IDataView test) =>
        context.MulticlassClassification.Evaluate(trainer.Fit(train).Transform(test)).MicroAccuracy.ToString("0.0 %", CultureInfo.InvariantCulture);

    /// <summary>Both parts with the label as a key.</summary>
    private sealed class Data
    {
        public Data(MLContext context, ImageFile[] train, ImageFile[] test)
        {
            IDataView rows = context.Data.LoadFromEnumerable(train);
            ITransformer label = context.Transforms.Conversion.MapValueToKey("Label").Fit(rows);
            Train = label.Transform(rows);
            Test = label.Transform(context.Data.LoadFromEnumerable(test));
            TrainCount = train.Length;
            TestCount = test.Length;
        }

        public IDataView Train { get; }

        public IDataView Test { get; }

        public int TrainCount { get; }

        public int TestCount { get; }
    }
}
