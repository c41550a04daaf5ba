using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Karl;

namespace Karl.Samples;

/// <summary>Trains on a folder with a folder a class, saves the whole pipeline, loads it as a server would, and predicts one image at a time.</summary>
internal static class SaveAndServe
{
    public static void Run(string? model, string folder)
    {
        string saved = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.zip");
        ImageFile[] files = ImageFile.In(folder);
        try
        {
            Train(model, files, saved);
            Serve(saved, files);
        }
        finally
        {
            File.Delete(saved);
        }
    }

    private static void Train(string? model, ImageFile[] files, string saved)
    {
        MLContext context = new(seed: 1);
        IDataView rows = context.Data.LoadFromEnumerable(files);
        using TransformerChain<ITransformer> pipeline = context.Transforms.Conversion.MapValueToKey("Label")
            .Append(context.Transforms.KarlTokenize("Features", "Path", new KarlTokenizeOptions { Model = model }))
            .Append(context.MulticlassClassification.Trainers.KarlLinearProbe())
            .Append((IEstimator<ITransformer>)context.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(rows);
        context.Model.Save(pipeline, rows.Schema, saved);
    }

    private static void Serve(string saved, ImageFile[] files)
    {
        MLContext context = new();
        ITransformer loaded = context.RestoreKarl(context.Model.Load(saved, out _));
        using PredictionEngine<ImageFile, Prediction> engine = context.Model.CreatePredictionEngine<ImageFile, Prediction>(loaded);
        foreach (ImageFile file in files)
        {
            Prediction prediction = engine.Predict(file);
            Console.WriteLine($"{Path.GetFileName(file.Path)}: {prediction.PredictedLabel}, is {file.Label}");
        }
    }

    private sealed class Prediction
    {
        public string PredictedLabel { get; set; } = string.Empty;
    }
}
