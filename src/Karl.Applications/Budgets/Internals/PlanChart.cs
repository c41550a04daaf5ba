using System.Globalization;
using Karl.Tokenizers.Charts;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Sheets.Internals;

namespace Karl.Applications.Budgets.Internals;

/// <summary>A plan as two charts below one another: tokens by image, and errors, beside the same tokens given to all alike.</summary>
internal static class PlanChart
{
    public static RgbImage Draw(BudgetPlan plan)
    {
        ChartAxis across = new() { Label = "image or frame, in the order given" };
        string title = string.Create(
            CultureInfo.InvariantCulture,
            $"{plan.Spent} tokens, {plan.Images.Length} images: worst error {plan.WorstError:0.000} (evenly {plan.Even.Max(image => image.Error):0.000}), mean {plan.MeanError:0.000} (evenly {plan.Even.Average(image => image.Error):0.000})");
        RgbImage tokens = new Chart
        {
            Title = title,
            Horizontal = across,
            Vertical = new ChartAxis { Label = "tokens", Least = 0 },
            Series = [Series("as planned", plan.Images, image => image.Tokens), Series("evenly", plan.Even, image => image.Tokens)],
            Height = 420,
        }.Draw();
        RgbImage errors = new Chart
        {
            Horizontal = across,
            Vertical = new ChartAxis { Label = "expected error, mean absolute difference of pixels from 0 to 1", Least = 0 },
            Series = [Series("as planned", plan.Images, image => image.Error), Series("evenly", plan.Even, image => image.Error)],
            Height = 420,
        }.Draw();
        RgbImage both = new(tokens.Width, tokens.Height + errors.Height);
        Painter.Copy(tokens, both, 0, 0, 1);
        Painter.Copy(errors, both, 0, tokens.Height, 1);
        return both;
    }

    private static ChartSeries Series(string name, IEnumerable<PlannedImage> images, Func<PlannedImage, double> value) =>
        new(name, [.. images.Select((image, index) => new ChartPoint(index + 1, value(image)))], ChartStyle.LineAndPoints);
}
