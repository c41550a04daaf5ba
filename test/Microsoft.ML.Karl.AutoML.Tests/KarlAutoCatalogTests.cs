using Karl.Testing;
using Karl.Tokenizers.Imaging;
using Microsoft.ML.AutoML;
using Microsoft.ML.Data;
using Microsoft.ML.SearchSpace;

namespace Microsoft.ML.Karl.AutoML.Tests;

[TestClass]
public sealed class KarlAutoCatalogTests
{
    [TestMethod]
    public void SearchSpace_BeginsWithTheOptions_AndHasThreeDimensions()
    {
        using TemporaryFolder folder = new();
        SweepableEstimator stage = Stage(folder, new KarlTokenizeOptions { Model = Model(folder), Epsilon = 0.04f, Budget = 20 });
        Assert.AreEqual("Budget Epsilon Pooling", string.Join(' ', stage.SearchSpace.Keys.Order(StringComparer.Ordinal)));
        Assert.AreEqual(3, stage.SearchSpace.FeatureSpaceDim);
        Parameter first = stage.SearchSpace.SampleFromFeatureSpace(stage.SearchSpace.Default!);
        Assert.AreEqual(0.04f, first["Epsilon"].AsType<float>());
        Assert.AreEqual(20, first["Budget"].AsType<int>());
        Assert.AreEqual(nameof(KarlPooling.MaskedMeanAndDeviation), first["Pooling"].AsType<string>());
        Assert.AreEqual(20, stage.Parameter!["Budget"].AsType<int>());
    }

    [TestMethod]
    public void BuildFromOption_EveryPoint_IsAnEstimatorThatDoesWhatThePointSays()
    {
        using TemporaryFolder folder = new();
        MLContext context = new(seed: 1);
        IDataView view = Images(context, folder);
        SweepableEstimator stage = Stage(folder, new KarlTokenizeOptions { Model = Model(folder), Threads = 1, HaltingColumnName = "Halting" });
        HashSet<(int Features, int Budget)> seen = [];
        foreach (double budget in new[] { 0, 2 / 3.0 })
        {
            foreach (double pooling in new[] { 0, 1 / 3.0, 2 / 3.0 })
            {
                // The dimensions are in the order of their names: budget, epsilon, pooling.
                Parameter point = stage.SearchSpace.SampleFromFeatureSpace([budget, 0.5, pooling]);
                ITransformer transformer = stage.BuildFromOption(context, point).Fit(view);
                using IDisposable? disposing = transformer as IDisposable;
                DataViewSchema schema = transformer.Transform(view).Schema;
                int size = ((VectorDataViewType)schema["Halting"].Type).Size, features = ((VectorDataViewType)schema["Features"].Type).Size;
                Assert.AreEqual(point["Budget"].AsType<int>(), size);
                Assert.AreEqual(
                    Enum.Parse<KarlPooling>(point["Pooling"].AsType<string>()) switch
                    {
                        KarlPooling.MaskedMean => TinyModel.LatentWidth,
                        KarlPooling.MaskedMeanAndDeviation => 2 * TinyModel.LatentWidth,
                        _ => size * TinyModel.LatentWidth,
                    },
                    features);
                seen.Add((features, size));
            }
        }

        Assert.IsGreaterThan(4, seen.Count);
    }

    [TestMethod]
    public void KarlTokenize_ChoicesThatCannotBe_ListsAllProblems()
    {
        using TemporaryFolder folder = new();
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => new MLContext().Auto().KarlTokenize(
            "Features", "Path", new KarlTokenizeOptions { Model = Model(folder) }, new KarlSearchSpace { Epsilons = [-1], Budgets = [0, 65] }));
        foreach (string part in new[] { "Epsilons has -1", "Budgets has 0;", "Budgets has 65;" })
        {
            StringAssert.Contains(exception.Message, part);
        }
    }

    [TestMethod]
    public void Pipeline_OfAutoML_IsBuiltOfAPoint()
    {
#if REAL_AUTOML
        using TemporaryFolder folder = new();
        MLContext context = new(seed: 1);
        IDataView view = Images(context, folder);
        SweepablePipeline pipeline = Stage(folder, new KarlTokenizeOptions { Model = Model(folder), Threads = 1 })
            .Append(context.MulticlassClassification.Trainers.KarlLinearProbe());
        Parameter point = pipeline.SearchSpace.SampleFromFeatureSpace(pipeline.SearchSpace.Default);
        using TransformerChain<ITransformer> model = pipeline.BuildFromOption(context, point).Fit(view);
        Assert.IsGreaterThan(0.9, context.MulticlassClassification.Evaluate(model.Transform(view)).MicroAccuracy);
#else
        Assert.Inconclusive("Pipelines of AutoML need the package Microsoft.ML.AutoML, which this feed does not have.");
#endif
    }

    [TestMethod]
    public void Experiment_OfAutoML_SweepsOverTheStage()
    {
#if REAL_AUTOML
        using TemporaryFolder folder = new();
        MLContext context = new(seed: 1);
        IDataView view = Images(context, folder);
        SweepablePipeline pipeline = Stage(folder, new KarlTokenizeOptions { Model = Model(folder), Threads = 1 })
            .Append(context.MulticlassClassification.Trainers.KarlLinearProbe());
        Trials trials = new();
        TrialResult best = context.Auto().CreateExperiment()
            .SetPipeline(pipeline)
            .SetMonitor(trials)
            .SetMulticlassClassificationMetric(MulticlassClassificationMetric.MicroAccuracy, labelColumn: "Label")
            .SetDataset(view, view)
            .SetMaxModelToExplore(12)
            .Run();
        Assert.IsGreaterThan(0.9, best.Metric);
        Assert.Contains("Epsilon", best.TrialSettings.Parameter["_pipeline_"]["e0"].Keys);
        Assert.IsGreaterThan(3, trials.Points.Count, "AutoML's own tuner leaves the point that it begins with");
        using IDisposable? model = best.Model as IDisposable;
        Assert.IsGreaterThan(0.9, context.MulticlassClassification.Evaluate(best.Model.Transform(view)).MicroAccuracy, "the model lives on after its trial");
#else
        Assert.Inconclusive("Experiments of AutoML need the package Microsoft.ML.AutoML, which this feed does not have.");
#endif
    }

    private static string Model(TemporaryFolder folder)
    {
        if (!File.Exists(folder["tiny.karl"]))
        {
            new TinyModel().Write(folder["tiny.karl"]);
        }

        return folder["tiny.karl"];
    }

    private static SweepableEstimator Stage(TemporaryFolder folder, KarlTokenizeOptions options) =>
        new MLContext().Auto().KarlTokenize("Features", "Path", options with { Model = Model(folder) });

    private static IDataView Images(MLContext context, TemporaryFolder folder)
    {
        Row[] rows = [.. Enumerable.Range(0, 8).Select(index =>
        {
            RgbImage image = new(40, 40);
            image.Pixels.Span.Fill((byte)(index % 2 == 0 ? 20 + index : 200 + index));
            ImageWriter.Write(image, folder[$"{index}.png"]);
            return new Row { Path = folder[$"{index}.png"], Label = index % 2 == 0 ? "dark" : "light" };
        })];
        IDataView view = context.Data.LoadFromEnumerable(rows);
        return context.Transforms.Conversion.MapValueToKey("Label").Fit(view).Transform(view);
    }

#if REAL_AUTOML
    private sealed class Trials : IMonitor
    {
        public HashSet<string> Points { get; } = [];

        public void ReportRunningTrial(TrialSettings settings)
        {
            Parameter point = settings.Parameter["_pipeline_"]["e0"];
            Points.Add(FormattableString.Invariant($"{point["Epsilon"].AsType<float>()} {point["Budget"].AsType<int>()} {point["Pooling"].AsType<string>()}"));
        }

        public void ReportCompletedTrial(TrialResult result)
        {
        }

        public void ReportBestTrial(TrialResult result)
        {
        }

        public void ReportFailTrial(TrialSettings settings, Exception exception)
        {
        }
    }
#endif

    private sealed class Row
    {
        public string? Path { get; set; }

        public string? Label { get; set; }
    }
}
