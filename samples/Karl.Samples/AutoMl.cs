using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.AutoML;
#if !REAL_AUTOML
using Microsoft.ML.Data;
#endif
using Microsoft.ML.Karl;
using Microsoft.ML.SearchSpace;

namespace Karl.Samples;

/// <summary>
/// Finds how the images of a folder with a folder a class are best tokenized to tell the classes: every fourth image is held out.
/// <para>
/// With 48 images of CIFAR-10, airplanes and frogs, it printed this where AutoML itself is missing:
/// <code>
/// error 0.12, budget 64, MaskedMeanAndDeviation: 66.7 %
/// error 0.168, budget 64, PaddedTokens: 83.3 %
/// error 0.12, budget 16, PaddedTokens: 91.7 %
/// error 0.168, budget 32, MaskedMeanAndDeviation: 100.0 %
/// error 0.072, budget 32, PaddedTokens: 91.7 %
/// error 0.24, budget 16, PaddedTokens: 91.7 %
/// best of 6: 100.0 % with error 0.168, budget 32, MaskedMeanAndDeviation
/// </code>
/// With AutoML, whose experiment tries other points, it prints the last line alone.
/// </para>
/// </summary>
internal static class AutoMl
{
    private const int Trials = 6;

    public static void Run(string? model, string folder)
    {
        MLContext context = new(seed: 1);
        ImageFile[] files = ImageFile.In(folder);
        IDataView rows = context.Data.LoadFromEnumerable(files.Where((_, index) => index % 4 != 3));
        ITransformer keys = context.Transforms.Conversion.MapValueToKey("Label").Fit(rows);
        IDataView train = keys.Transform(rows), test = keys.Transform(context.Data.LoadFromEnumerable(files.Where((_, index) => index % 4 == 3)));
        SweepableEstimator stage = context.Auto().KarlTokenize("Features", "Path", new KarlTokenizeOptions { Model = model, BatchSize = 16 });
        (double accuracy, Parameter point) = Best(context, stage, train, test);
        Console.WriteLine(FormattableString.Invariant($"best of {Trials}: {accuracy:0.0 %} with {Text(point)}"));
    }

#if REAL_AUTOML
    private static (double Accuracy, Parameter Point) Best(MLContext context, SweepableEstimator stage, IDataView train, IDataView test)
    {
        TrialResult best = context.Auto().CreateExperiment()
            .SetPipeline(stage.Append(context.MulticlassClassification.Trainers.KarlLinearProbe()))
            .SetMulticlassClassificationMetric(MulticlassClassificationMetric.MicroAccuracy, labelColumn: "Label")
            .SetDataset(train, test)
            .SetMaxModelToExplore(Trials)
            .Run();
        using IDisposable? model = best.Model as IDisposable;
        return (best.Metric, best.TrialSettings.Parameter["_pipeline_"]["e0"]);
    }
#else
    /// <summary>Experiments are AutoML's own. Its search space can be walked through without them: the default first, then at random.</summary>
    private static (double Accuracy, Parameter Point) Best(MLContext context, SweepableEstimator stage, IDataView train, IDataView test)
    {
        Random random = new(1);
        (double Accuracy, Parameter Point) best = (-1, stage.Parameter!);
        for (int trial = 0; trial < Trials; trial++)
        {
            Parameter point = trial == 0 ? stage.Parameter! : stage.SearchSpace.SampleFromFeatureSpace([.. Enumerable.Range(0, stage.SearchSpace.FeatureSpaceDim).Select(_ => random.NextDouble())]);
            using TransformerChain<KarlLinearProbeTransformer> model = stage.BuildFromOption(context, point).Append(context.MulticlassClassification.Trainers.KarlLinearProbe()).Fit(train);
            double accuracy = context.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy;
            Console.WriteLine(FormattableString.Invariant($"{Text(point)}: {accuracy:0.0 %}"));
            best = accuracy > best.Accuracy ? (accuracy, point) : best;
        }

        return best;
    }
#endif

    private static string Text(Parameter point) => string.Create(
        CultureInfo.InvariantCulture, $"error {point["Epsilon"].AsType<float>()}, budget {point["Budget"].AsType<int>()}, {point["Pooling"].AsType<string>()}");
}
