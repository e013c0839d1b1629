using System.Collections;
using System.Linq.Expressions;
using System.Reflection;

namespace DepthPro.Transforms.Tests.Reports;

/// <summary>What .NET Interactive shows of our types. It is not referenced: the steps are those of its Formatter.cs, TryRegisterFromConventionBasedFormatterSources.</summary>
public sealed class NotebookTests
{
    private static readonly DepthMap Map = new(3, 2, [1, 2, 3, 4, 5, 6], 3, FocalLengthSource.Given);

    private static readonly DepthEstimationMetrics Metrics = DepthEstimationMetrics.Of([DepthComparison.Of(Map, Map)]);

    private static readonly Photo Picture = Photo.FromPixels(2, 1, new byte[6], "a.png");

    public static TheoryData<string> Shown { get; } = [nameof(DepthMap), nameof(DepthEstimationMetrics), nameof(Photo), nameof(DepthProModel)];

    [Theory]
    [MemberData(nameof(Shown))]
    public void Shows_html(string kind)
    {
        var (value, html) = Example(kind);
        Assert.Equal(html, Display(value, "text/html"));
    }

    [Theory]
    [MemberData(nameof(Shown))]
    public void Shows_one_line_as_plain_text(string kind)
    {
        var (value, _) = Example(kind);
        Assert.Equal($"{value}", Display(value, "text/plain"));
    }

    [Fact]
    public void Shows_a_photo_no_larger_than_asked_and_its_name_as_text()
    {
        var html = Photo.FromPixels(40, 20, new byte[2400], "\"><script>").ToHtml(longerSide: 10);
        Assert.StartsWith("<img width=\"10\" height=\"5\" ", html, StringComparison.Ordinal);
        Assert.EndsWith(" alt=\"&quot;&gt;&lt;script&gt;\">", html, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Picture.ToHtml(longerSide: 0));
    }

    [Fact]
    public void Leaves_other_values_to_other_formatters()
    {
        using var writer = new StringWriter();
        Assert.All(Formatters(typeof(DepthMap)), formatter => Assert.False(formatter.Format("text", writer)));
        Assert.Equal("", $"{writer}");
    }

    private static (object Value, string Html) Example(string kind) => kind switch
    {
        nameof(DepthMap) => (Map, Map.ToHtml()),
        nameof(DepthEstimationMetrics) => (Metrics, Metrics.ToHtml()),
        nameof(Photo) => (Picture, Picture.ToHtml()),
        _ => (DepthProModel.Demo, DepthProModel.Demo.ToHtml()),
    };

    private static string Display(object value, string mimeType)
    {
        using var writer = new StringWriter();
        Assert.True(Formatters(value.GetType()).Single(formatter => formatter.MimeType == mimeType).Format(value, writer));
        return $"{writer}";
    }

    private static IEnumerable<(string MimeType, Func<object, TextWriter, bool> Format)> Formatters(Type type)
    {
        foreach (var attribute in type.GetCustomAttributes(inherit: true).Where(a => a.GetType().Name == "TypeFormatterSourceAttribute"))
        {
            var sourceType = Assert.IsAssignableFrom<Type>(Property(attribute, "FormatterSourceType"));
            var source = Activator.CreateInstance(sourceType);
            var formatters = Assert.IsAssignableFrom<IEnumerable>(sourceType.GetMethod("CreateTypeFormatters")?.Invoke(source, null));
            foreach (var formatter in formatters)
            {
                var mimeType = Assert.IsType<string>(Property(formatter, "MimeType"));
                var method = Assert.IsAssignableFrom<MethodInfo>(formatter.GetType().GetMethod("Format"));
                var (value, writer) = (Expression.Parameter(typeof(object)), Expression.Parameter(typeof(TextWriter)));
                yield return (mimeType, Expression.Lambda<Func<object, TextWriter, bool>>(Expression.Call(Expression.Constant(formatter), method, value, writer), value, writer).Compile());
            }
        }
    }

    private static object? Property(object instance, string name) => instance.GetType().GetProperty(name)?.GetGetMethod()?.Invoke(instance, null);
}
